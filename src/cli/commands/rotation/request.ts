import type { Command, Flag, Group } from '../../command.ts'

/** Of both: they say what the request is for, or is held against. */
const WHAT_FOR: readonly Flag[] = [
  { name: 'key-file', value: 'FILE', help: 'a file of keys, with blanks or line ends between them' },
  { name: 'repository', value: 'ID', help: 'the number of the repository (gh api repos/OWNER/NAME --jq .id)' },
  { name: 'ref', value: 'REF', help: 'its default branch (default of sign: refs/heads/main)' },
  { name: 'path', value: 'FILE', help: 'the encrypted file of the credential, as sealward.yml has it' },
  { name: 'version', value: 'SHA256', help: 'of that file as it is committed' },
]
const KEYS = `
Keys are read from SEALWARD_REQUEST_KEYS or --key-file, never from the command
line: whsec_..., or for Ed25519 whsk_... to sign and whpk_... to verify.
docs/requests.md`

const sign: Command = {
  name: 'request sign',
  synopsis: 'CREDENTIAL --repository ID',
  summary: 'Prints a signed request for a rotation, as GitHub takes it at repos/OWNER/NAME/dispatches.',
  details: `
  sealward request sign orders-db --repository 123456 |
    gh api repos/OWNER/NAME/dispatches --input -

In the folder of sealward.yml the file and its version are found by themselves;
elsewhere give --path and --version (SHA-256 of the encrypted file; needs no key
of it). --repository is needed, but where GITHUB_REPOSITORY_ID has it.
${KEYS}`,
  flags: [
    ...WHAT_FOR,
    { name: 'requester', value: 'TEXT', help: 'who asks, for the ledger (default: cli)' },
    { name: 'reason', value: 'TEXT', help: 'why, for the ledger' },
    { name: 'not-after', value: 'PERIOD', help: 'how long it counts: 1h (default), 24h at most' },
    { name: 'emergency', help: 'the old login ends as soon as the new one works' },
    { name: 'address', value: 'IP', help: 'where you were asked from, where requests.allow.addresses wants it' },
    { name: 'algorithm', value: 'sha256|sha512', help: 'of HMAC (default: sha256, which every library knows)' },
    { name: 'event-type', value: 'NAME', help: 'of the event (default: sealward-rotate)' },
  ],
  args: { min: 1, max: 1 },
  async run(call) {
    return (await import('../../request/sign.ts')).sign(call.args[0]!, call)
  },
}

const verify: Command = {
  name: 'request verify',
  synopsis: '[FILE]',
  summary: 'Holds a request, of a file or of standard input, against keys and what is given.',
  details: `
As the Action does it, but for what was sent before: that is known there. What is
not given, of --repository, --ref, --path and --version, is not compared.
${KEYS}

exit status: 0 good, 1 refused, 2 could not`,
  flags: [
    ...WHAT_FOR,
    { name: 'at', value: 'TIME', help: 'the moment to judge at, as 2027-01-31T12:00:00Z (default: now)' },
    { name: 'sha1', help: 'HMAC-SHA1 counts too' },
  ],
  args: { min: 0, max: 1 },
  async run(call) {
    return (await import('../../request/verify.ts')).verify(call.args[0] ?? '-', call)
  },
}

export const request: Group = {
  name: 'request',
  summary: 'Asks a repository for a rotation, with a signature, and checks such a request.',
  verbs: [sign, verify],
}
