import { SealwardError } from '../../core/errors.ts'
import type { Window } from '../../core/members/access.ts'
import { isOfCalendar } from '../../core/policy/schema-parts.ts'
import { printable } from '../../core/report/printable.ts'
import { printablePath } from '../../core/report/text.ts'
import { access as accessTask, type NamedGrant } from '../../tasks/access.ts'
import type { Call, Command } from '../command.ts'
import { openMembers } from '../members/world.ts'

const DAY = 24 * 60 * 60 * 1000
/** A post-quantum recipient has 1,959 characters. */
const SHOWN = 16

export const access: Command = {
  name: 'access',
  synopsis: 'PERSON|FILE',
  summary: 'Says who could open what, when, from git history.',
  details: `
PERSON is a name that sealward.yml has or ever had, or an age recipient. Needs no
key and no network. A day is one of the dates of commits, which are what machines
said. What somebody could open once, git history keeps for them.`,
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
      call.world.terminal.print(`${nameOf(grant).padEnd(width)}  ${spanOf(grant)}  ${printablePath(grant.file)}\n`)
    if (grants.length === 0) call.world.teller.note('nothing')
    for (const note of notes) call.world.teller.warn(note)
    return 0
  },
}

function nameOf({ name, key }: NamedGrant): string {
  return printable(name ?? `${key.slice(0, SHOWN)}...`)
}

function spanOf({ from, isExact, until }: NamedGrant): string {
  const begin = `${isExact ? '' : '<='}${dayText(from)}`
  return `${begin.padEnd(12)} ${until === null ? 'today     ' : dayText(until)}`
}

function windowOf({ one }: Call): Window | null {
  const [at, since] = [one('at'), one('since')]
  if (at !== undefined && since !== undefined) throw new SealwardError('usage', '--at and --since exclude each other')
  if (at !== undefined) {
    const from = dayOf(at, '--at')
    return { from, to: new Date(from.getTime() + DAY - 1) }
  }
  return since === undefined ? null : { from: dayOf(since, '--since'), to: new Date(8.64e15) }
}

function dayOf(text: string, flag: string): Date {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !isOfCalendar(text))
    throw new SealwardError('usage', `${flag} takes a date like 2027-01-31`)
  return new Date(`${text}T00:00:00Z`)
}

function dayText(date: Date): string {
  return date.toISOString().slice(0, 10)
}
