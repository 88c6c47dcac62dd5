import type { Outcome, Rotated } from '../../credential/machine/outcome.ts'
import type { Plan } from '../../credential/machine/plan.ts'
import type { PlainRecord } from '../../credential/record/record.ts'
import { printable } from '../printable.ts'
import { printablePath } from '../text.ts'

/** One line, or several for a plan, for who waits at a terminal. */
export function printRotated({ name, outcome, request }: Rotated): string {
  const link = request === null ? '' : ` (${printable(request)})`
  return `${name}: ${wordsOf(outcome)}${link}\n${outcome.kind === 'planned' ? printPlan(outcome.plan) : ''}`
}

/** What became of a credential, as a sentence without its name. */
export function wordsOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'rotated':
      return 'rotated; the old login ended'
    case 'waiting':
      return outcome.for === 'merge'
        ? 'waits for its pull request to be merged; what was there before goes on working'
        : `the new login is in use; the old one works until ${outcome.until?.toISOString() ?? 'the next run'}`
    case 'rolled-back':
      return `rolled back, the old login is in use: ${printable(outcome.why)}`
    case 'nothing':
      return `nothing to do: ${outcome.why}`
    case 'planned':
      return `would be rotated with the strategy ${outcome.plan.strategy} (${outcome.plan.driver})`
    case 'breaker':
      return `stopped, a person has to look: ${printable(outcome.why)}; --retry tries once more`
    case 'drift':
      return `stopped, a person has to look: ${printable(outcome.why)}; --force has the admin set what the file says`
    case 'rollback-failed':
      return `the rollback failed, both logins are kept: ${printable(outcome.why)}`
    case 'failed':
      return `failed [${outcome.code}]: ${printable(outcome.why)}${outcome.hint === null ? '' : `; ${printable(outcome.hint.replace(/\s*\n\s*/g, '; '))}`}`
  }
}

/** For scripts: the same facts, and no secret among them. */
export function rotatedJson(rotated: readonly Rotated[]): string {
  return `${JSON.stringify({ version: 1, credentials: rotated.map(({ name, outcome, request }) => ({ name, ...outcome, request })) }, null, 2)}\n`
}

/** The lines of `rotate status` about one credential. @param branch where that is written down; null for the working tree */
export function printRecord(record: PlainRecord, branch: string | null = null): string {
  const { name, file, phase, strategy, driver, updated, graceUntil, failures, lastFailure } = record
  const rows: [string, string | null][] = [
    ['credential', name],
    ['file', printablePath(file)],
    ['branch', branch === null ? null : printable(branch)],
    ['phase', phase],
    ['strategy', `${strategy} (${driver})`],
    ['updated', updated.toISOString()],
    ['old until', graceUntil?.toISOString() ?? null],
    ['failures', failures === 0 ? null : `${failures}${lastFailure === null ? '' : `, the last time ${lastFailure}`}`],
  ]
  return rows.flatMap(([title, value]) => (value === null ? [] : [`${title.padEnd(12)}${value}\n`])).join('')
}

function printPlan({ steps }: Plan): string {
  return steps
    .map(({ phase, what, shapes }) =>
      [
        `  ${phase.padEnd(18)}${printable(what)}\n`,
        ...shapes.map((shape) => `${' '.repeat(20)}${printable(shape)}\n`),
      ].join(''),
    )
    .join('')
}
