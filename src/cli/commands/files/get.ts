import { get as getTask } from '../../../tasks/files/read.ts'
import { ANY_NAME, type Command, DEFAULT_FILE, FILE, IDENTITY, QUOTES } from '../../command.ts'
import { readingOf } from '../../reading.ts'

export const get: Command = {
  name: 'get',
  synopsis: 'KEY',
  summary: 'Prints one value, and a line end.',
  flags: [
    FILE,
    { name: 'no-newline', short: 'n', help: 'print the value alone, without a line end' },
    IDENTITY,
    QUOTES,
    ANY_NAME,
  ],
  args: { min: 1, max: 1 },
  async run(call) {
    const file = call.one('file') ?? DEFAULT_FILE
    const value = await getTask({ file, name: call.args[0]!, ...readingOf(call) }, call.world)
    call.world.terminal.print(call.has('no-newline') ? value : `${value}\n`)
    return 0
  },
}
