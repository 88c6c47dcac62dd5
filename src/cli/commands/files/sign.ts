import { printable } from '../../../core/report/printable.ts'
import { sign as signTask } from '../../../tasks/files/sign.ts'
import { type Command, DEFAULT_FILE } from '../../command.ts'
import { openSigning } from '../../signing/world.ts'

export const sign: Command = {
  name: 'sign',
  synopsis: '[FILE...]',
  summary: 'Signs encrypted files with an SSH key; FILE.sig is the signature.',
  details: `
The signature is for the file as it is now and for its path in the repository. Sign
again after every change and after a move. Without FILE: .env.encrypted.

Without -k the key is the one that git signs with (gpg.format ssh, user.signingkey).
A key under a passphrase, in an agent or on a security key is used by ssh-keygen,
which asks for what it needs. \`ssh-keygen -Y verify\` reads the signature with
-n sealward-file@v1:PATH.`,
  flags: [
    { name: 'key', short: 'k', value: 'KEYFILE', help: 'an SSH private key, or the public half of one in the agent' },
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run({ args, one, world }) {
    const key = one('key')
    const files = args.length > 0 ? args : [DEFAULT_FILE]
    const signed = await signTask({ files, ...(key === undefined ? {} : { key }) }, openSigning(world))
    for (const { signature, name, fingerprint } of signed)
      world.teller.note(`${printable(signature)}: ${printable(name)} signed with ${fingerprint}`)
    return 0
  },
}
