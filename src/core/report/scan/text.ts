import type { Finding } from '../../finding.ts'
import type { ScanOutcome } from '../../scan/outcome.ts'
import type { Severity } from '../../scan/tokens/token-rule.ts'
import { amount } from '../amount.ts'
import { printablePath } from '../text.ts'
import { sayLooked, shorten } from './amounts.ts'
import { countBySeverity, doubtOf, sayCounts, severityOf } from './order.ts'
import { commitsPastHooks, PAST_HOOKS } from './past-hooks.ts'
import { type FileGroup, sayUnshown, selectByFile } from './selection.ts'
import { sayVerified } from './verified.ts'

type Colour = 'red' | 'green' | 'yellow' | 'dim'

export interface TextManner {
  /** Say why something is a finding, and list what was allowed. */
  readonly explain: boolean
  /** Whether what was found has not left this machine: staged, or about to be pushed. */
  readonly unpublished?: boolean
  /** Colours a text, or returns it as it is where nobody wants colours. */
  paint(colour: Colour, text: string): string
}

/** More would not be read. */
const BOUNDS = { perFile: 20, overall: 200 }
const MOST_NOTES = 20
const COLOURS: Readonly<Record<Severity, Colour>> = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' }

/**
 * A scan's whole answer for a terminal: the findings by file, what else is to know, and last, where a person looks first, a summary.
 * No line can be read as an escape sequence or a command of a workflow's runner, whatever the files are called. Ends with a line end.
 */
export function printScan(outcome: ScanOutcome, manner: TextManner): string {
  const groups = selectByFile(outcome.findings, BOUNDS)
  return [
    ...groups.map((group) => printGroup(group, manner)),
    printUnshown(groups),
    ...printNotes(outcome, manner),
    outcome.findings.length === 0 ? '' : howToGoOn(outcome.findings, manner),
    `sealward: ${summary(outcome, manner)}\n`,
  ].join('')
}

/** The findings of a file under each other, and an empty line. What mends a kind of finding is said at the first of its kind. */
function printGroup({ shown, left, file }: FileGroup, manner: TextManner): string {
  if (shown.length === 0) return ''
  const places = shown.map(placeOf)
  const width = Math.max(...places.map(({ length }) => length))
  const said = new Set<string>()
  const lines = shown.flatMap((finding, index) => {
    const fix = finding.fix === undefined || said.has(`${finding.rule} ${finding.fix}`) ? [] : [`fix: ${finding.fix}`]
    said.add(`${finding.rule} ${finding.fix}`)
    const details = [...originOf(finding), ...(manner.explain ? reasonsOf(finding) : []), ...fix]
    const head = `${places[index]?.padEnd(width)}  ${headOf(finding, manner)}`
    return [head, ...details.map((detail) => `    ${printablePath(shorten(detail, 500))}`)]
  })
  const rest = left > 0 ? [`... and ${left} more in ${printablePath(file)}`] : []
  return `${[...lines, ...rest].join('\n')}\n\n`
}

function printUnshown(groups: readonly FileGroup[]): string {
  const unshown = sayUnshown(groups)
  return unshown === '' ? '' : `${unshown}\n\n`
}

/** `FILE:LINE:COL`, which a terminal or an editor can jump to. */
function placeOf({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return [printablePath(file), line, column].filter((part) => part !== undefined).join(':')
}

function headOf(finding: Finding, { paint }: TextManner): string {
  const severity = severityOf(finding)
  const { rule, name, message, preview } = finding
  const words = [
    name === undefined ? '' : `${printablePath(shorten(name))}:`,
    printablePath(message),
    ...doubtOf(finding).map((doubt) => `(${doubt})`),
    ...sayVerified(finding).map((words) => `(${words})`),
    paint('dim', `[${printablePath(rule)}]`),
    preview === undefined ? '' : printablePath(preview),
  ]
  return `${paint(COLOURS[severity], severity.padEnd('critical'.length))}  ${words.filter(Boolean).join(' ')}`
}

function originOf({ origin }: Finding): string[] {
  if (origin === undefined) return []
  const { commit, author, date } = origin
  return [`in: ${[commit, author, date].filter((part) => part !== undefined).join(', ')}`]
}

function reasonsOf({ reasons }: Finding): string[] {
  return (reasons ?? []).map((reason) => `why: ${reason}`)
}

/** What is no finding, a line each. */
function printNotes({ findings, allowed, stale, cut }: ScanOutcome, { explain }: TextManner): string[] {
  const known = allowed.map(({ finding, reason }) => `${placeOf(finding)}: ${finding.rule} is allowed: ${reason}`)
  return [
    ...(explain ? bounded(known) : []),
    ...bounded(commitsPastHooks(findings).map((commit) => `commit ${commit} ${PAST_HOOKS}`)),
    ...bounded(stale.map(({ file, line, why }) => `${placeOf({ file, ...at(line) })}: an allowance to mend: ${why}`)),
    ...bounded(cut.map(({ file, why }) => `${printablePath(file)}: not looked at whole: ${why}`)),
  ]
}

function at(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line }
}

function bounded(lines: readonly string[]): string[] {
  const left = lines.length - MOST_NOTES
  const shown = lines.slice(0, MOST_NOTES).map((line) => `${printablePath(shorten(line, 5000))}\n`)
  return left > 0 ? [...shown, `... and ${left} more of these\n`] : shown
}

/**
 * A secret in history stays one when it is taken out of the file, so that comes second. A comment is no help for what is about a whole
 * file, or stands in history only.
 */
function howToGoOn(findings: readonly Finding[], { unpublished = false }: TextManner): string {
  const onLine = findings.find(({ line, origin }) => line !== undefined && origin === undefined)
  const comment =
    onLine && ` in a comment on its line:\n    ${printablePath(`sealward:allow ${onLine.rule} REASON`)}\n  or`
  const way = unpublished
    ? 'This has not been published: take it out of the file, and out of the commits that have it (git rebase -i).'
    : 'What was pushed counts as known: revoke it first, then take it out of the file.'
  return `  ${way}
  A false alarm, or meant to be public? Say why,${comment ?? ''} in sealward.yml, with its path, its rule and a reason.
`
}

function summary({ looked, findings, allowed, stale, cut }: ScanOutcome, { paint }: TextManner): string {
  if (looked.count === 0 && findings.length === 0) return `${sayLooked(looked)} to look at`
  const verdict =
    findings.length === 0 ? paint('green', 'nothing found') : paint('red', sayCounts(countBySeverity(findings)))
  const others = [
    allowed.length === 0 ? '' : `${allowed.length} allowed`,
    stale.length === 0 ? '' : `${amount(stale.length, 'allowance')} to mend`,
    cut.length === 0 ? '' : `${amount(cut.length, 'file')} not looked at whole`,
  ]
  return [`${sayLooked(looked)}: ${verdict}`, ...others.filter(Boolean)].join(', ')
}
