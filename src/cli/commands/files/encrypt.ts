import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import { type EncryptOutcome, encrypt as encryptTask } from '../../../tasks/files/encrypt.ts'
import { ANY_NAME, type Call, type Command, IDENTITY, RECIPIENT } from '../../command.ts'
import { printChanges } from '../../print-changes.ts'

export const encrypt: Command = {
  name: 'encrypt',
  synopsis: '[INPUT]',
  summary: 'Encrypts INPUT (default: .env) to INPUT.encrypted, or over it.',
  details: `
Over an existing file every unchanged line stays byte for byte, the changes are
named, and names that would disappear need --force. '-' is stdin or stdout.

Recipients come from -r, else from the file being replaced, else from
sealward.yml, else from the first matching creation rule of .sops.yaml.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'where to (default: INPUT.encrypted; - for stdout)' },
    RECIPIENT,
    { name: 'force', help: 'remove names that INPUT no longer has; with no key at hand, replace the whole file' },
    IDENTITY,
    ANY_NAME,
  ],
  args: { min: 0, max: 1 },
  async run(call) {
    const input = call.args[0] ?? '.env'
    const output = call.one('output') ?? (input === '-' ? '-' : `${input}.encrypted`)
    const outcome = await encryptTask(
      {
        source: await readSource(input, call),
        sourceName: input === '-' ? '(stdin)' : input,
        recipients: call.all('recipient'),
        force: call.has('force'),
        anyName: call.has('allow-any-name'),
        ...(output === '-' ? {} : { output }),
      },
      call.world,
    )
    if (output === '-') call.world.terminal.print(Buffer.from(outcome.bytes).toString('utf8'))
    else say(outcome, output, call)
    return 0
  },
}

async function readSource(input: string, { world }: Call): Promise<Uint8Array> {
  if (input === '-') return world.terminal.input(FILE_BYTES)
  const bytes = await world.files.read(input, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file: input })
  return bytes
}

function say({ status, changes }: EncryptOutcome, output: string, { world }: Call): void {
  const words = {
    created: `created ${output}`,
    updated: `updated ${output}`,
    replaced: `replaced ${output} under a new data key: every line changed`,
    unchanged: `${output} is up to date`,
  }
  if (status !== 'created') printChanges(changes, world.terminal)
  world.teller.note(words[status])
}
