import { SealwardError } from '../../../core/errors.ts'
import { EXPORT_KINDS, exportVariables } from '../../../tasks/files/export.ts'
import { type Command, DEFAULT_FILE } from '../../command.ts'
import { FOREIGN_KEY } from '../../foreign-source.ts'

export const exportCommand: Command = {
  name: 'export',
  synopsis: `${EXPORT_KINDS.join('|')} [FILE]`,
  summary: `Writes FILE (default: ${DEFAULT_FILE}) as another tool encrypts it. No plaintext touches the disk.`,
  details: `
sops      YAML, JSON or dotenv, by the ending of -o: every ciphertext and
          every recipient stays, and no key is needed
dotenvx   a .env; its private key is added to .env.keys beside it
fernet    one token over the whole .env, or a JSON object of tokens when -o
          ends in .json; the key from SECRETS_MASTER_KEY or -i`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'the file to make' },
    { name: 'force', help: 'replace the file that is there' },
    FOREIGN_KEY,
  ],
  args: { min: 1, max: 2 },
  async run(call) {
    const kind = EXPORT_KINDS.find((one) => one === call.args[0])
    if (kind === undefined) throw new SealwardError('usage', `export takes one of ${EXPORT_KINDS.join(', ')}`)
    const output = call.one('output')
    if (output === undefined)
      throw new SealwardError('usage', 'export needs -o FILE', { hint: 'see sealward export --help' })
    await exportVariables({ kind, file: call.args[1] ?? DEFAULT_FILE, output, force: call.has('force') }, call.world)
    call.world.teller.note(`created ${output}`)
    return 0
  },
}
