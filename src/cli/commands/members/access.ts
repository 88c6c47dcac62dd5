import { dayOf } from '../../../core/day.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { Window } from '../../../core/members/access.ts'
import { amount } from '../../../core/report/amount.ts'
import { printable } from '../../../core/report/printable.ts'
import { printablePath } from '../../../core/report/text.ts'
import { access as accessTask, type NamedGrant } from '../../../tasks/members/access.ts'
import type { Call, Command } from '../../command.ts'
import { readDay } from '../../day-flag.ts'
import { openMembers } from '../../members/world.ts'

const DAY = 24 * 60 * 60 * 1000
/** A post-quantum recipient has 1,959 characters. */
const SHOWN = 16

export const access: Command = {
  name: 'access',
  synopsis: 'PERSON|FILE',
  summary: 'Says who could open what, when, from git history.',
  details: `
PERSON is a name that sealward.yml has or ever had (after a rename, the new one),
an age recipient, or a role, for whoever has it today. Needs no key and no network. A day is one of the dates
of commits, which are what machines said. What somebody could open once, git history keeps for them.`,
  flags: [
    { name: 'at', value: 'DATE', help: 'only what could be opened on this day (UTC)' },
    { name: 'since', value: 'DATE', help: 'only what could be opened on this day (UTC) or later' },
  ],
  args: { min: 1, max: 1 },
  async run(call) {
    const subject = call.args[0]!
    const { world, folder, inside } = await openMembers(call.world)
    const request = { folder, subject, path: inside(subject), window: windowOf(call) }
    const { grants, notes } = await accessTask(request, world)
    const width = Math.max(0, ...grants.map((grant) => nameOf(grant).length))
    for (const grant of grants)
      call.world.terminal.print(
        `${nameOf(grant).padEnd(width)}  ${spanOf(grant)}  ${printablePath(grant.file)}${withOthers(grant)}\n`,
      )
    if (grants.length === 0) call.world.teller.note('nothing')
    for (const note of notes) call.world.teller.warn(note)
    return 0
  },
}

function nameOf({ name, key }: NamedGrant): string {
  return printable(name ?? `${key.slice(0, SHOWN)}...`)
}

/** Of several key groups one alone opens nothing. */
function withOthers({ together }: NamedGrant): string {
  if (together === null) return ''
  return `  with ${together.needed} of ${amount(together.others, 'other group')}`
}

function spanOf({ from, isExact, until }: NamedGrant): string {
  const begin = `${isExact ? '' : '<='}${dayOf(from)}`
  return `${begin.padEnd(12)} ${until === null ? 'today     ' : dayOf(until)}`
}

function windowOf({ one }: Call): Window | null {
  const [at, since] = [one('at'), one('since')]
  if (at !== undefined && since !== undefined) throw new SealwardError('usage', '--at and --since exclude each other')
  if (at !== undefined) {
    const from = readDay(at, '--at')
    return { from, to: new Date(from.getTime() + DAY - 1) }
  }
  return since === undefined ? null : { from: readDay(since, '--since'), to: new Date(8.64e15) }
}
