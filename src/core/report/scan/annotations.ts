import type { Finding, Origin } from '../../finding.ts'
import type { Severity } from '../../scan/tokens/token-rule.ts'
import { amount } from '../amount.ts'
import { type Annotation, annotationsWithin, MOST_ANNOTATIONS } from '../annotation.ts'
import { printable } from '../printable.ts'
import { shorten } from './amounts.ts'
import { byUrgency, countBySeverity, doubtOf, sayCounts, severityOf } from './order.ts'
import { commitsPastHooks, PAST_HOOKS } from './past-hooks.ts'
import { sayVerified } from './verified.ts'

const TYPES: Readonly<Record<Severity, Annotation['type']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
}

/**
 * The most urgent findings as annotations, at most ten of a type; when some have no place, the last notice says how many there are. Then,
 * as far as there is room for notices, the commits that went past the hooks.
 */
export function annotate(findings: readonly Finding[]): Annotation[] {
  const shown = annotateFindings(findings)
  const room = MOST_ANNOTATIONS - shown.filter(({ type }) => type === 'notice').length
  return [...shown, ...noticesOf(commitsPastHooks(findings), room)]
}

function annotateFindings(findings: readonly Finding[]): Annotation[] {
  const all = findings.toSorted(byUrgency).map(annotationOf)
  return annotationsWithin(all, (shown) => countOf(findings, shown))
}

function noticesOf(commits: readonly string[], room: number): Annotation[] {
  const shown = commits.length <= room ? commits : commits.slice(0, Math.max(0, room - 1))
  const notices = shown.map((commit) => notice('a commit past the hooks', `commit ${commit} ${PAST_HOOKS}.`))
  const left = commits.length - shown.length
  return left === 0 || room === 0 ? notices : [...notices, notice('commits past the hooks', `${left} more like these.`)]
}

function notice(title: string, message: string): Annotation {
  return { type: 'notice', title: `sealward: ${title}`, message: printable(message) }
}

/** What stands in history is not on a line of the file as it is now, unless nobody has changed the file since. */
function annotationOf(finding: Finding): Annotation {
  const { file, line, origin, rule } = finding
  const severity = severityOf(finding)
  const place = isPast(origin) ? {} : { file, ...(line === undefined ? {} : { line }) }
  return {
    type: TYPES[severity],
    ...place,
    title: `sealward: ${printable(shorten(rule))} (${[severity, ...doubtOf(finding), ...sayVerified(finding)].join(', ')})`,
    message: printable(messageOf(finding)),
  }
}

function messageOf({ message, name, fix, origin, file, line }: Finding): string {
  const subject = name === undefined ? '' : `${shorten(name)}: `
  const where = isPast(origin)
    ? ` in ${shorten(file)}${line === undefined ? '' : `:${line}`} of ${shorten(origin.commit)}`
    : ''
  return `${subject}${message}${where}.${fix === undefined ? '' : ` ${shorten(fix, 500)}`}`
}

function isPast(origin: Origin | undefined): origin is Origin {
  return origin !== undefined && origin.current !== true
}

function countOf(findings: readonly Finding[], shown: number): Annotation {
  return {
    type: 'notice',
    title: `sealward: ${amount(findings.length, 'finding')}`,
    message: `${sayCounts(countBySeverity(findings))}. Annotated here: ${shown}. The log and the job summary have more.`,
  }
}
