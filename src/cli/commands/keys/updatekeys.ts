import { SealwardError } from '../../../core/errors.ts'
import { printable } from '../../../core/report/printable.ts'
import { printablePath } from '../../../core/report/text.ts'
import { updateKeys } from '../../../tasks/members/update-keys.ts'
import { type Command, IDENTITY } from '../../command.ts'
import { sayFiles, sayToDos } from '../../members/print.ts'
import { openMembers } from '../../members/world.ts'

export const updatekeys: Command = {
  name: 'updatekeys',
  synopsis: 'FILE...',
  summary: 'Encrypts files to those whom the configuration names, for who is used to sops.',
  details: `
What \`recipients sync\` does, for these files alone: by sealward.yml, or where that
names nobody, by .sops.yaml. Where somebody goes the file gets a new data key, which
sops leaves to its rotate. Without --yes it says what would change.

exit status: 0 done or nothing to do, 1 something would change, 2 could not`,
  flags: [
    { name: 'yes', short: 'y', help: 'do it' },
    { name: 'reason', value: 'TEXT', help: 'why, for the ledger' },
    IDENTITY,
  ],
  args: { min: 1, max: 10_000 },
  async run(call) {
    const { world, folder, inside } = await openMembers(call.world)
    const paths = call.args.map((path) => inside(path) ?? refuseOutside(path))
    const reason = call.one('reason')
    const dryRun = !call.has('yes')
    const outcome = await updateKeys({ paths, folder, dryRun, ...(reason !== undefined && { reason }) }, world)
    const { terminal, teller } = call.world
    for (const path of outcome.same) teller.note(`${printablePath(path)} is up to date`)
    for (const { added, removed } of outcome.files) {
      for (const key of added) terminal.print(`+ ${printable(key)}\n`)
      for (const key of removed) terminal.print(`- ${printable(key)}\n`)
    }
    for (const note of outcome.notes) teller.warn(note)
    const asked = { ...call, has: (flag: string) => (flag === 'dry-run' ? dryRun : call.has(flag)) }
    sayFiles(outcome, asked)
    if (outcome.toDos.length > 0) sayToDos(outcome.toDos, asked)
    if (dryRun && outcome.files.length > 0) teller.note('give -y to do it')
    return dryRun && outcome.files.length > 0 ? 1 : 0
  },
}

function refuseOutside(file: string): never {
  throw new SealwardError('usage', 'is outside of this repository', { file })
}
