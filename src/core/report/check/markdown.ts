import type { CheckNote, CheckReport, Judged, SubjectPlace } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import type { SourcePages } from '../scan/markdown/markdown.ts'
import { codeMarkdown } from '../scan/markdown/markdown-escape.ts'
import { encodePath } from '../scan/sarif/encode-path.ts'
import { printGantt } from './gantt.ts'
import { proseMarkdown } from './prose-markdown.ts'
import { saySpan, sayVerdict, sayWhen } from './words.ts'

export interface MarkdownManner {
  /** Where files can be seen; null where there is no page to link to. */
  readonly pages: SourcePages | null
  /** How many characters there is room for: `ISSUE_ROOM` or `SUMMARY_ROOM`, or less where something else stands beside it. */
  readonly room: number
}

/** GitHub refuses an issue of more than 65,536 characters; markers and a line around it need some. */
export const ISSUE_ROOM = 60_000
/** A step's summary may have 1 MiB, and nobody reads as much. All of it is ASCII. */
export const SUMMARY_ROOM = 500_000

const MOST_NOTES = 30

/**
 * A check's whole answer as Markdown, for an issue or a job's summary: the counts, what is due or worse as a table with the most urgent
 * first, the next 12 months as a picture, and what could not be looked at. Never longer than the room; what has no place is counted.
 * ASCII but for letters in the picture. Ends with a line end.
 */
export function printCheckMarkdown(report: CheckReport, { pages, room }: MarkdownManner): string {
  const head = `**${proseMarkdown(sayVerdict(report))}**\n`
  const gantt = printGantt(report)
  const picture = gantt === '' ? '' : `\n#### The next 12 months\n\n\`\`\`mermaid\n${gantt}\`\`\`\n`
  const rows = report.judged
    .filter(({ level }) => level !== 'ok')
    .toSorted(byUrgency)
    .map((judged) => rowOf(judged, report.at, pages))
  const notes = printNotes(report.notes, pages)
  const [first = '', ...others] = within([head, picture, notes], room - RESERVE)
  const left = room - RESERVE - lengthOf([first, ...others])
  return [first, printTable(rows, left), ...others].join('')
}

/** One thing and the question about it, as the body of an issue of its own. Never longer than `ISSUE_ROOM`. Ends with a line end. */
export function printJudgedMarkdown(judged: Judged, at: Date, pages: SourcePages | null): string {
  const { name, level, message, environment, owners, reasons, advice, place } = judged
  const facts = [
    ['Where', place === null ? '' : placeOf(place, pages)],
    ['Environment', environment === null ? '' : codeMarkdown(environment)],
    ['Owners', owners.slice(0, 50).map(codeMarkdown).join(', ')],
    ['Time', proseMarkdown([saySpan(judged), sayWhen(judged, at)].filter(Boolean).join(': '))],
  ].filter(([, fact]) => fact !== '')
  const table =
    facts.length === 0 ? '' : `\n| | |\n|---|---|\n${facts.map(([what, fact]) => `| ${what} | ${fact} |\n`).join('')}`
  const step = advice === '' ? '' : `\n**What to do:** ${proseMarkdown(advice)}\n`
  const why = reasons.slice(0, 50).map((reason) => `- ${proseMarkdown(reason)}\n`)
  const head = `${codeMarkdown(name)} ${proseMarkdown(message)} (**${level}**).\n`
  return within([head, table, step, why.length === 0 ? '' : `\nWhy:\n\n${why.join('')}`], ISSUE_ROOM).join('')
}

const HEAD = '\n| Level | What | Where | When | How to mend it |\n|---|---|---|---|---|\n'
/** For the head of the table and the lines around it. */
const RESERVE = 200

function rowOf(judged: Judged, at: Date, pages: SourcePages | null): string {
  const { level, name, message, rule, place, environment, owners, advice } = judged
  const where = [
    place === null ? '' : placeOf(place, pages),
    environment === null ? '' : codeMarkdown(environment),
    ...owners.slice(0, 5).map(codeMarkdown),
  ]
  const what = `${codeMarkdown(name)} ${proseMarkdown(message)} (${codeMarkdown(rule)})`
  const cells = [
    level,
    what,
    where.filter(Boolean).join(', '),
    proseMarkdown(sayWhen(judged, at)),
    proseMarkdown(advice),
  ]
  return `| ${cells.join(' | ')} |\n`
}

/** As many rows from the front as there is room for. */
function printTable(rows: readonly string[], room: number): string {
  if (rows.length === 0) return '\nNothing is due.\n'
  let left = room
  const end = rows.findIndex((row) => {
    left -= row.length
    return left < 0
  })
  const shown = end < 0 ? rows : rows.slice(0, end)
  const rest = rows.length - shown.length
  return `${shown.length === 0 ? '' : `${HEAD}${shown.join('')}`}${rest === 0 ? '' : `\n... and ${rest} more\n`}`
}

/** A page that GitHub renders has no lines unless it is asked to be plain. */
function placeOf({ file, line }: SubjectPlace, pages: SourcePages | null): string {
  const words = codeMarkdown(line === undefined ? file : `${file}:${line}`)
  if (pages === null || !/^[0-9a-f]{40,64}$/.test(pages.commit)) return words
  const anchor = line === undefined ? '' : `?plain=1#L${line}`
  return `[${words}](${pages.repository}/blob/${pages.commit}/${encodePath(file)}${anchor})`
}

function printNotes(notes: readonly CheckNote[], pages: SourcePages | null): string {
  if (notes.length === 0) return ''
  const shown = notes.slice(0, MOST_NOTES).map(({ message, place, hint }) => {
    const where = place === undefined ? '' : `${placeOf(place, pages)}: `
    return `- ${where}${proseMarkdown(message)}${hint === undefined ? '' : `. ${proseMarkdown(hint)}`}\n`
  })
  const left = notes.length - shown.length
  return `\n#### Not looked at whole\n\n${shown.join('')}${left > 0 ? `- ... and ${left} more\n` : ''}`
}

/** Those that there is room for, from the front; one that has none leaves it to the others. */
function within(parts: readonly string[], room: number): string[] {
  let left = room
  return parts.filter(({ length }) => {
    if (length > left) return false
    left -= length
    return true
  })
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}
