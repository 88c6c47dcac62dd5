import type { Finding } from '../../../finding.ts'
import type { ScanOutcome } from '../../../scan/outcome.ts'
import { amount } from '../../amount.ts'
import { sayAllowed } from '../allowed.ts'
import { sayLooked } from '../amounts.ts'
import { countBySeverity, doubtOf, SEVERITIES, severityOf } from '../order.ts'
import { commitsPastHooks, PAST_HOOKS } from '../past-hooks.ts'
import { encodePath } from '../sarif/encode-path.ts'
import { type FileGroup, sayUnshown, selectByFile } from '../selection.ts'
import { sayVerified } from '../verified.ts'
import { codeMarkdown, escapeMarkdown } from './markdown-escape.ts'

/** Where the lines of files can be seen: `https://github.com/owner/name` and the commit that was looked at. */
export interface SourcePages {
  readonly repository: string
  readonly commit: string
}

/** A step's summary may have 1 MiB; with the longest of names a row takes less than 12 KiB, and most take 300 bytes. */
const MOST_BYTES = 1_000_000
const BOUNDS = { perFile: 50, overall: 500 }
const MOST_NOTES = 50

/**
 * A scan's whole answer as Markdown for a job's summary: counts, findings by file, and what else is to know. At most 1 MiB: when names
 * are so long that it would be more, the findings are left out. Ends with a line end.
 *
 * @param pages null where there is no page to link to
 */
export function printScanSummary(outcome: ScanOutcome, pages: SourcePages | null): string {
  const head = `### Sealward scan\n\n${summaryOf(outcome)}\n`
  const body = `${printTable(outcome, pages)}${printNotes(outcome)}`
  if (Buffer.byteLength(body) <= MOST_BYTES) return `${head}${body}\n`
  return `${head}\nThere is no room for the findings here; the log has them.\n\n`
}

function summaryOf({ looked, findings, allowed }: ScanOutcome): string {
  const known = allowed.length === 0 ? '' : ` ${amount(allowed.length, 'finding')} allowed.`
  if (findings.length === 0) {
    return looked.count === 0
      ? `There were ${escapeMarkdown(sayLooked(looked))} to look at.`
      : `Looked at ${escapeMarkdown(sayLooked(looked))}: nothing found.${known}`
  }
  const counts = countBySeverity(findings)
  const cells = SEVERITIES.map((severity) => counts[severity])
  const table = `| ${SEVERITIES.join(' | ')} |\n|--:|--:|--:|--:|\n| ${cells.join(' | ')} |`
  return `Looked at ${escapeMarkdown(sayLooked(looked))}.${known}\n\n${table}`
}

function printTable({ findings }: ScanOutcome, pages: SourcePages | null): string {
  const groups = selectByFile(findings, BOUNDS)
  const rows = groups.flatMap((group) => rowsOf(group, pages))
  const unshown = sayUnshown(groups)
  const rest = unshown === '' ? '' : `\n${unshown}\n`
  if (rows.length === 0) return rest
  return `\n| Severity | Where | What | Rule | How to mend it |\n|---|---|---|---|---|\n${rows.join('')}${rest}`
}

function rowsOf({ file, shown, left }: FileGroup, pages: SourcePages | null): string[] {
  const rows = shown.map((finding) => row(cellsOf(finding, pages)))
  return left === 0 || shown.length === 0
    ? rows
    : [...rows, row(['', `${codeMarkdown(file)}: ${left} more`, '', '', ''])]
}

function cellsOf(finding: Finding, pages: SourcePages | null): string[] {
  const { rule, name, message, fix, preview } = finding
  const what = [name === undefined ? '' : codeMarkdown(name), escapeMarkdown(message), preview && codeMarkdown(preview)]
  return [
    [severityOf(finding), ...doubtOf(finding), ...sayVerified(finding)].join(', '),
    placeOf(finding, pages),
    what.filter(Boolean).join(' '),
    codeMarkdown(rule),
    fix === undefined ? '' : escapeMarkdown(fix),
  ]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/**
 * A link to the line where there is a page for it: of the commit that brought it, for what is in history only. A page that GitHub
 * renders has no lines unless it is asked to be plain.
 */
function placeOf({ file, line, origin }: Finding, pages: SourcePages | null): string {
  const words = codeMarkdown(line === undefined ? file : `${file}:${line}`)
  const commit = origin?.commit ?? pages?.commit
  const where = origin === undefined ? '' : ` in ${codeMarkdown(origin.commit.slice(0, 40))}`
  if (pages === null || commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) return words + where
  return `[${words}](${pages.repository}/blob/${commit}/${encodePath(file)}${line === undefined ? '' : `?plain=1#L${line}`})${where}`
}

function printNotes({ findings, allowed, stale, cut }: ScanOutcome): string {
  const past = commitsPastHooks(findings).map((commit) => escapeMarkdown(`commit ${commit} ${PAST_HOOKS}`))
  const known = allowed.map(
    (one) => `${placeOf(one.finding, null)} ${codeMarkdown(one.finding.rule)}: ${escapeMarkdown(sayAllowed(one))}`,
  )
  const mend = stale.map(
    ({ file, line, why }) => `${codeMarkdown(line === undefined ? file : `${file}:${line}`)}: ${escapeMarkdown(why)}`,
  )
  const partly = cut.map(({ file, why }) => `${codeMarkdown(file)}: ${escapeMarkdown(why)}`)
  return `${listOf('Commits past the hooks', past)}${listOf('Allowed', known)}${listOf('Allowances to mend', mend)}${listOf('Not looked at whole', partly)}`
}

function listOf(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  const left = items.length - MOST_NOTES
  const shown = items.slice(0, MOST_NOTES).map((item) => `- ${item}\n`)
  return `\n**${title}**\n\n${shown.join('')}${left > 0 ? `- ... and ${left} more\n` : ''}`
}
