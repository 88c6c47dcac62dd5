import { printableName } from '../../../core/dotenv/names.ts'
import { list as listTask } from '../../../tasks/files/list.ts'
import { type Command, DEFAULT_FILE, FILE } from '../../command.ts'

export const list: Command = {
  name: 'list',
  synopsis: '',
  summary: 'Lists the names in an encrypted file. Needs no key.',
  flags: [FILE, { name: 'json', help: 'as JSON: name, encrypted, empty' }],
  args: { min: 0, max: 0 },
  async run({ one, has, world }) {
    const variables = await listTask(one('file') ?? DEFAULT_FILE, world)
    if (has('json')) world.terminal.print(`${JSON.stringify(variables, null, 2)}\n`)
    else for (const { name } of variables) world.terminal.print(`${printableName(name)}\n`)
    return 0
  },
}
