import { SealwardError } from '../../core/errors.ts'
import { printTables } from '../../core/policy/explain/rows.ts'
import { explain, settings } from '../../tasks/config.ts'
import type { Command } from '../command.ts'

export const config: Command = {
  name: 'config',
  synopsis: '[FILE...]',
  summary: 'Checks sealward.yml, and says what counts.',
  details: `
Without --explain: what counts in this folder, defaults filled in. With it: what
counts for a variable, and which entry of sealward.yml or which default decided,
in each FILE, or in every encrypted file below this folder that has it. A FILE need
not be there yet. Needs no key.`,
  flags: [{ name: 'explain', value: 'NAME', help: 'say what counts for this variable, and why' }],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run({ args, one, world }) {
    const name = one('explain')
    if (name !== undefined) {
      world.terminal.print(printTables(await explain({ name, files: args }, world)))
      return 0
    }
    if (args.length > 0) throw new SealwardError('usage', 'a FILE goes with --explain NAME')
    const { file, tables } = await settings(world)
    world.terminal.print(printTables(tables))
    world.teller.note(file === null ? 'there is no sealward.yml: these are the defaults' : `${file} is in order`)
    return 0
  },
}
