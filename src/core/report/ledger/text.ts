import type { Entry } from '../../ledger/entry.ts'
import type { AnyEvent } from '../../ledger/event.ts'
import { type LedgerProblem, short } from '../../ledger/problem.ts'
import { printable } from '../printable.ts'
import { printablePath } from '../text.ts'

const SHOWN = 5

/** Entries as lines of text, oldest first: when, id, what, who, and what of it. Ends with a line end, or is empty. */
export function printLog(entries: readonly Entry[]): string {
  return entries.map((entry) => `${printEntry(entry)}\n`).join('')
}

/** Problems as lines of text: where, how bad, what, and what mends it. Ends with a line end, or is empty. */
export function printProblems(problems: readonly LedgerProblem[]): string {
  return problems.map((problem) => `${printProblem(problem)}\n`).join('')
}

/** What an entry says beside who and when: `.env.encrypted (DATABASE_URL)`. */
export function describeEvent(event: AnyEvent): string {
  const { files = [], names = [], count, member, formerly, environment, format, code, about, archive } = event
  const { credential, phase, request, requester, environments = [], refs = [], targets = [] } = event
  const subject = [
    formerly === undefined ? member : `${formerly} is now ${member}`,
    ...[credential, phase, request, requester && `from ${requester}`],
    environment,
    ...[some(environments), some(refs), some(targets)],
    format,
    code,
    about,
    archive,
    some([...new Set(files.map(({ path }) => path))]),
  ]
  const called = names.length > 0 ? some(names) : count === undefined ? '' : String(count)
  const keys = [
    ...(event.added ?? []).map((key) => `+${short(key)}`),
    ...(event.removed ?? []).map((key) => `-${short(key)}`),
    ...(event.keys ?? []).map(short),
  ]
  const parts = [...subject, called === '' ? '' : `(${called})`, some(keys), event.reason && `"${event.reason}"`]
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

function printEntry({ id, time, by, event }: Entry): string {
  const when = time.toISOString().slice(0, 16).replace('T', ' ')
  return inert(`${when} ${short(id)} ${event.kind} by ${by.name}: ${describeEvent(event)}`.replace(/: $/, ''))
}

function printProblem({ file, line, kind, level, message, fix }: LedgerProblem): string {
  const where = `${printablePath(file)}${line === undefined ? '' : `:${line}`}`
  const head = `${where}: ${level === 'notice' ? 'notice: ' : ''}${inert(message)} [${kind}]`
  return fix === undefined ? head : `${head}\n  fix: ${inert(fix)}`
}

function some(items: readonly string[]): string {
  const more = items.length - SHOWN
  return `${items.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Everything in an entry was written by somebody. The commands of a CI runner are `##[` anywhere, too. */
function inert(text: string): string {
  return printable(text).replaceAll('##[', '#\\x23[')
}
