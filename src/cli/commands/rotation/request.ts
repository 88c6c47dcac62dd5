import { SealwardError } from '../../../core/errors.ts'
import type { Call, Command } from '../../command.ts'

const SIGN = ['reason', 'requester', 'not-after', 'emergency', 'algorithm', 'event-type', 'address']

export const request: Command = {
  name: 'request',
  synopsis: 'sign CREDENTIAL --repository ID | verify [FILE]',
  summary: 'Asks a repository for a rotation, with a signature, and checks such a request.',
  details: `
sign    prints what GitHub takes at repos/OWNER/NAME/dispatches:
        sealward request sign orders-db --repository 123456 |
          gh api repos/OWNER/NAME/dispatches --input -
        In a checkout the file and its version are found by themselves; elsewhere
        give --path and --version (SHA-256 of the encrypted file; needs no key)
verify  holds one (of a file, or of standard input) against keys and what is given,
        as the Action does but for what was sent before: 0 good, 1 refused, 2 not known

Keys are read from SEALWARD_REQUEST_KEYS or --key-file, never from the command line:
whsec_..., or for Ed25519 whsk_... to sign and whpk_... to verify. docs/requests.md`,
  flags: [
    { name: 'key-file', value: 'FILE', help: 'a file of keys, with blanks or line ends between them' },
    { name: 'repository', value: 'ID', help: 'the number of the repository (gh api repos/OWNER/NAME --jq .id)' },
    { name: 'ref', value: 'REF', help: 'its default branch (default: refs/heads/main)' },
    { name: 'path', value: 'FILE', help: 'the encrypted file of the credential, as sealward.yml has it' },
    { name: 'version', value: 'SHA256', help: 'of that file as it is committed' },
    { name: 'requester', value: 'TEXT', help: 'sign: who asks, for the ledger (default: cli)' },
    { name: 'reason', value: 'TEXT', help: 'sign: why, for the ledger' },
    { name: 'not-after', value: 'PERIOD', help: 'sign: how long it counts: 1h (default), 24h at most' },
    { name: 'emergency', help: 'sign: the old login ends as soon as the new one works' },
    { name: 'address', value: 'IP', help: 'sign: where you were asked from, where requests.allow.addresses wants it' },
    { name: 'algorithm', value: 'sha256|sha512', help: 'sign: of HMAC (default: sha256, which every library knows)' },
    { name: 'event-type', value: 'NAME', help: 'sign: of the event (default: sealward-rotate)' },
    { name: 'at', value: 'TIME', help: 'verify: the moment to judge at, as 2027-01-31T12:00:00Z (default: now)' },
    { name: 'sha1', help: 'verify: HMAC-SHA1 counts too' },
  ],
  args: { min: 1, max: 2 },
  async run(call) {
    const [verb, argument] = call.args
    if (verb === 'sign' && argument !== undefined) {
      refuse(['at', 'sha1'], 'sign', call)
      return (await import('../../request/sign.ts')).sign(argument, call)
    }
    if (verb === 'verify') {
      refuse(SIGN, 'verify', call)
      return (await import('../../request/verify.ts')).verify(argument ?? '-', call)
    }
    throw new SealwardError('usage', 'request takes sign CREDENTIAL or verify [FILE]', { hint: 'see --help' })
  },
}

function refuse(flags: readonly string[], verb: string, { has }: Call): void {
  const stray = flags.find((flag) => has(flag))
  if (stray !== undefined) throw new SealwardError('usage', `request ${verb} does not take --${stray}`)
}
