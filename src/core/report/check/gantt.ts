import type { CheckReport, Judged, Level } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { shorten } from '../scan/amounts.ts'
import { spanOf } from './timeline.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY

/** More bars than these are no picture, and Mermaid draws nothing over 50,000 characters. */
const MOST = 40
const LONGEST_NAME = 40
const NO_ENVIRONMENT = 'other'

const TAGS: Readonly<Record<Level, string>> = {
  overdue: 'crit, ',
  critical: 'crit, ',
  late: 'active, ',
  due: 'active, ',
  ok: '',
}

/**
 * The next 12 months as a Mermaid gantt, without its fence: a section an environment, a bar from the day something should be done to its
 * end, and what is over at the first day. What lies later has no bar. Empty when there is nothing to draw; else ends with a line end.
 *
 * The grammar has no escapes, so names are reduced to letters, digits and `._-`; and since a line that begins with a word of its own
 * (`title`, `section`, `click`) is not a bar, each begins with a level.
 */
export function printGantt({ judged, at }: CheckReport): string {
  const near = judged.filter((one) => isNear(one, at)).toSorted(byUrgency)
  const shown = near.slice(0, MOST)
  if (shown.length === 0) return ''
  const sections = [...new Set(shown.map(sectionOf))].toSorted().map((section) => {
    const bars = shown.filter((one) => sectionOf(one) === section).map((one) => barOf(one, at))
    return `  section ${section}\n${bars.join('')}`
  })
  return `gantt\n  dateFormat YYYY-MM-DD\n  axisFormat %b %Y\n  tickInterval 1month\n${sections.join('')}`
}

function isNear(judged: Judged, at: Date): boolean {
  const span = spanOf(judged, at)
  return span !== null && span.due < at.getTime() + YEAR
}

function sectionOf({ environment }: Judged): string {
  return environment === null ? NO_ENVIRONMENT : plain(environment) || NO_ENVIRONMENT
}

function barOf(judged: Judged, at: Date): string {
  const { due, to } = spanOf(judged, at)!
  const now = at.getTime()
  const start = Math.max(due, now)
  const end = Math.min(to, now + YEAR)
  const length = Math.floor(end / DAY) - Math.floor(start / DAY)
  const time = length < 1 ? `milestone, ${dayOf(new Date(start))}, 0d` : `${dayOf(new Date(start))}, ${length}d`
  return `    ${judged.level} ${plain(judged.name) || judged.kind} :${TAGS[judged.level]}${time}\n`
}

/** Only what is text in every place of the grammar: no colon, semicolon, comma, hash, percent sign, quote or line end. */
function plain(text: string): string {
  const words = shorten(text, 500)
    .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
    .trim()
  const characters = [...words]
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}...` : words
}
