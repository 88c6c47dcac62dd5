import { SealwardError } from '../../../core/errors.ts'
import { printTables } from '../../../core/policy/explain/rows.ts'
import { explain, settings } from '../../../tasks/members/config.ts'
import { sopsConfig } from '../../../tasks/members/sops-config.ts'
import type { Call, Command } from '../../command.ts'
import { openMembers } from '../../members/world.ts'

export const config: Command = {
  name: 'config',
  synopsis: '[FILE...] | sops',
  summary: 'Checks sealward.yml, and says what counts.',
  details: `
Without --explain: what counts in this folder, defaults filled in. With it: what
counts for a variable, and which entry of sealward.yml or which default decided,
in each FILE, or in every encrypted file below this folder that has it. A FILE need
not be there yet. Needs no key.

sops prints the .sops.yaml that says what sealward.yml says, for those of the team
who use sops.`,
  flags: [
    { name: 'explain', value: 'NAME', help: 'say what counts for this variable, and why' },
    { name: 'write', help: 'sops: write .sops.yaml beside sealward.yml' },
    { name: 'force', help: 'sops: replace one that somebody wrote' },
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const { args, has, one, world } = call
    const name = one('explain')
    if (name === undefined && args.length === 1 && args[0] === 'sops') return forSops(call)
    if (has('write') || has('force')) throw new SealwardError('usage', '--write and --force go with sops')
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

async function forSops({ has, world: own }: Call): Promise<number> {
  const { teller, terminal } = own
  const { world, folder } = await openMembers(own)
  if (has('force') && !has('write')) throw new SealwardError('usage', '--force goes with --write')
  const { path, text, status } = await sopsConfig({ folder, write: has('write'), force: has('force') }, world)
  if (status === 'printed') terminal.print(text)
  else teller.note(status === 'written' ? `${path}: written` : `${path}: says so already`)
  return 0
}
