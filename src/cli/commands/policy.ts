import { SealwardError } from '../../core/errors.ts'
import { printTables } from '../../core/policy/explain/rows.ts'
import { showPolicy, testPolicy } from '../../tasks/policy.ts'
import type { Command } from '../command.ts'

export const policy: Command = {
  name: 'policy',
  synopsis: 'show | test PATH...',
  summary: 'Says who can open what by sealward.yml, and which entry decides.',
  details: `
test asks about files that need not be there yet. Whether files are encrypted to
those whom it names is what \`sealward verify\` looks at. Needs no key.`,
  flags: [],
  args: { min: 1, max: 1000 },
  async run({ args: [verb, ...paths], world }) {
    if (verb === 'show' && paths.length === 0) world.terminal.print(printTables(await showPolicy(world)))
    else if (verb === 'test' && paths.length > 0)
      world.terminal.print(printTables(await Promise.all(paths.map((path) => testPolicy(path, world)))))
    else throw new SealwardError('usage', 'policy takes show, or test PATH...')
    return 0
  },
}
