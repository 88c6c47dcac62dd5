import { type Judged, LEVELS, type Level } from '../check/judged.ts'
import { byCodeUnits } from '../code-units.ts'
import { codeMarkdown } from '../report/scan/markdown/markdown-escape.ts'

/** How a repository stands. */
interface Row {
  readonly name: string
  readonly counts: Record<Level, number>
}

const SHOWN = LEVELS.toReversed().filter((level) => level !== 'ok')
const HEAD = `| Repository | ${SHOWN.join(' | ')} |\n|---|${SHOWN.map(() => '--:|').join('')}\n`
/** For the line that counts the rest. */
const RESERVE = 80

/**
 * The repositories in which something has to be done, with how much of each level; those with the most urgent first. Never longer than the
 * room; what has no place is counted. Empty when there is nothing to do.
 *
 * @param judged of an organisation: places begin with the repository
 */
export function printRepositories(judged: readonly Judged[], room: number): string {
  const rows = rowsOf(judged).map(lineOf)
  if (rows.length === 0) return ''
  let left = room - HEAD.length - RESERVE
  const end = rows.findIndex((row) => {
    left -= row.length
    return left < 0
  })
  const shown = end < 0 ? rows : rows.slice(0, end)
  const rest = rows.length - shown.length
  if (shown.length === 0) return ''
  return `${HEAD}${shown.join('')}${rest === 0 ? '' : `\n... and ${rest} more repositories\n`}`
}

function rowsOf(judged: readonly Judged[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { level, place } of judged) {
    const name = place!.file.split('/', 1)[0]!
    const row = rows.get(name) ?? { name, counts: { ok: 0, due: 0, late: 0, critical: 0, overdue: 0 } }
    row.counts[level] += 1
    rows.set(name, row)
  }
  return [...rows.values()].filter(({ counts }) => SHOWN.some((level) => counts[level] > 0)).toSorted(byNeed)
}

function byNeed(one: Row, other: Row): number {
  for (const level of SHOWN)
    if (one.counts[level] !== other.counts[level]) return other.counts[level] - one.counts[level]
  return byCodeUnits(one.name, other.name)
}

function lineOf({ name, counts }: Row): string {
  return `| ${codeMarkdown(name)} | ${SHOWN.map((level) => counts[level] || '').join(' | ')} |\n`
}
