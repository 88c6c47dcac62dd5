import { basename } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import { FORMATS, type Format } from '../../../core/render/format.ts'
import { render } from '../../../core/render/render.ts'
import { decrypt as decryptTask } from '../../../tasks/files/read.ts'
import { ANY_NAME, type Call, type Command, DEFAULT_FILE, IDENTITY, QUOTES } from '../../command.ts'
import { readingOf } from '../../reading.ts'

const PRIVATE = 0o600

export const decrypt: Command = {
  name: 'decrypt',
  synopsis: '[INPUT]',
  summary: `Decrypts INPUT (default: ${DEFAULT_FILE}) to stdout.`,
  details: `
A file written with -o has mode 0600 and overwrites nothing without --force.
Nothing is written when any value or the MAC is wrong.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'write a file instead of stdout' },
    { name: 'format', value: FORMATS.join('|'), help: 'the form of the output (default: dotenv)' },
    { name: 'name', value: 'NAME', help: 'with --format k8s: the name of the Secret (default: from the file)' },
    { name: 'force', help: 'overwrite the file named with -o' },
    IDENTITY,
    QUOTES,
    ANY_NAME,
  ],
  args: { min: 0, max: 1 },
  async run(call) {
    const file = call.args[0] ?? DEFAULT_FILE
    const format = formatOf(call)
    const document = await decryptTask({ file, ...readingOf(call) }, call.world)
    const text = render(format, document, { secretName: call.one('name') ?? basename(file) })
    const output = call.one('output')
    if (output === undefined || output === '-') call.world.terminal.print(text)
    else
      await call.world.files.write(output, Buffer.from(text, 'utf8'), {
        mode: PRIVATE,
        exists: call.has('force') ? 'replace' : 'refuse',
      })
    return 0
  },
}

function formatOf(call: Call): Format {
  const wanted = call.one('format') ?? 'dotenv'
  const format = FORMATS.find((one) => one === wanted)
  if (format === undefined) throw new SealwardError('usage', `--format is one of ${FORMATS.join(', ')}`)
  return format
}
