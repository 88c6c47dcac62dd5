import type { CheckNote, CheckReport, Judged, Level, SubjectPlace } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { amount } from '../amount.ts'
import { fill } from '../fill.ts'
import { shorten } from '../scan/amounts.ts'
import { printablePath } from '../text.ts'
import { drawBar, spanOf } from './timeline.ts'
import { isClean, nextOf, sayLevels, sayWhen } from './words.ts'

type Colour = 'red' | 'green' | 'yellow' | 'dim'

export interface CheckManner {
  /** List what is in order too. */
  readonly all: boolean
  /** Say why, and which line or default decided. */
  readonly explain: boolean
  /** Columns of the terminal; what is longer is wrapped. */
  readonly width: number
  /** Colours a text, or returns it as it is where nobody wants colours. */
  paint(colour: Colour, text: string): string
}

const COLOURS: Readonly<Record<Level, Colour>> = {
  overdue: 'red',
  critical: 'red',
  late: 'yellow',
  due: 'yellow',
  ok: 'green',
}

/** More would not be read. */
const MOST = 200
const MOST_NOTES = 20
const INDENT = '          '
const NOTE = '      '
const LONGEST_NAME = 30
const CELLS = { most: 24, least: 8 }
/** `due in 1234 days` */
const WHEN = 16

/**
 * A check's whole answer for a terminal: the most urgent first, each with a line of its time, then what could not be looked at, and last,
 * where a person looks first, a summary. No line can be read as an escape sequence or a command of a workflow's runner, whatever things
 * are called. Ends with a line end.
 */
export function printCheck(report: CheckReport, manner: CheckManner): string {
  const listed = report.judged.filter(({ level }) => manner.all || level !== 'ok').toSorted(byUrgency)
  const shown = listed.slice(0, MOST)
  const columns = columnsFor(shown, manner.width)
  const said = new Set<string>()
  const items = shown.map((judged) => {
    const details = [...detailsOf(judged, manner), ...adviceOf(judged, { width: manner.width, said })]
    return `${[headOf({ judged, at: report.at, columns }, manner), ...details].join('\n')}\n\n`
  })
  const rest = listed.length > MOST ? `... and ${listed.length - MOST} more\n\n` : ''
  return [...items, rest, printNotes(report.notes, manner), `${summariseCheck(report, manner.paint)}\n`].join('')
}

/** The last line: how many of which level, what comes next, and how much could not be looked at. Without a line end. */
export function summariseCheck(report: CheckReport, paint: CheckManner['paint']): string {
  const levels = paint(isClean(report) ? 'green' : 'red', sayLevels(report.judged))
  const notes = report.notes.length === 0 ? '' : amount(report.notes.length, 'note')
  return [`sealward: ${levels}`, sayNext(report), notes].filter(Boolean).join('; ')
}

/** With its environment: in each there may be one of the name. */
function sayNext(report: CheckReport): string {
  const next = nextOf(report)
  if (next === null) return ''
  const { name, environment } = next.what
  const words = `${name}${environment === null ? '' : ` in ${environment}`}`
  return `next: ${cutTo(printablePath(words), LONGEST_NAME * 2).trimEnd()} on ${dayOf(next.day)}`
}

interface Columns {
  readonly name: number
  /** 0: there is no room beside the name. */
  readonly bar: number
}

function columnsFor(judged: readonly Judged[], width: number): Columns {
  const longest = Math.max(0, ...judged.map(({ name }) => lengthOf(printablePath(name))))
  const name = Math.min(longest, LONGEST_NAME)
  const bar = Math.min(CELLS.most, width - INDENT.length - name - 2 - 2 - WHEN)
  return { name, bar: bar < CELLS.least ? 0 : bar }
}

interface Head {
  readonly judged: Judged
  readonly at: Date
  readonly columns: Columns
}

function headOf({ judged, at, columns }: Head, { paint, width }: CheckManner): string {
  const colour = COLOURS[judged.level]
  const level = paint(colour, judged.level.padEnd(INDENT.length - 2))
  const when = sayWhen(judged, at)
  const span = spanOf(judged, at)
  const name = cutTo(printablePath(judged.name), columns.name)
  if (columns.bar > 0) return `${level}  ${name}  ${paint(colour, drawBar(span, at, columns.bar))}  ${when}`.trimEnd()
  const cells = Math.max(CELLS.least, Math.min(CELLS.most, width - INDENT.length))
  const bar = span === null ? '' : `\n${INDENT}${paint(colour, drawBar(span, at, cells))}`
  return `${level}  ${name.trimEnd()}${bar}${when === '' ? '' : `\n${INDENT}${when}`}`
}

function detailsOf(judged: Judged, { width, explain, paint }: CheckManner): string[] {
  const { name, message, rule, place, environment, owners, reasons } = judged
  const where = [place === null ? '' : placeOf(place), environment ?? '', ...owners].filter(Boolean).join(', ')
  const whole = printablePath(name)
  const texts = [
    lengthOf(whole) > LONGEST_NAME ? shorten(whole, 500) : '',
    `${message} [${rule}]`,
    ...(explain ? reasons.map((reason) => `why: ${reason}`) : []),
  ]
  const lines = texts.filter(Boolean).flatMap((text) => wrap(text, width))
  return where === '' ? lines : [...lines, ...wrap(where, width).map((line) => paint('dim', line))]
}

/** What mends a kind of thing is said at the first of its kind. */
function adviceOf({ advice, level, rule }: Judged, { width, said }: { width: number; said: Set<string> }): string[] {
  const key = `${rule} ${advice}`
  if (level === 'ok' || advice === '' || said.has(key)) return []
  said.add(key)
  return wrap(`fix: ${advice}`, width)
}

function placeOf({ file, line }: SubjectPlace): string {
  return line === undefined ? file : `${file}:${line}`
}

function printNotes(notes: readonly CheckNote[], { width }: CheckManner): string {
  const lines = notes.slice(0, MOST_NOTES).flatMap(({ message, place, hint }) => {
    const where = place === undefined ? '' : `${placeOf(place)}: `
    const [first = '', ...more] = wrap(`${where}${message}`, width, NOTE)
    return [first.replace(NOTE, 'note: '), ...more, ...(hint === undefined ? [] : wrap(hint, width, NOTE))]
  })
  const left = notes.length - MOST_NOTES
  return [...lines, ...(left > 0 ? [`... and ${amount(left, 'more note')}`] : [])].map((line) => `${line}\n`).join('')
}

/** A text as lines of so many columns, broken at spaces only: a path or a command in it stays whole. No line begins with a command. */
function wrap(text: string, width: number, indent = INDENT): string[] {
  const words = shorten(text, 2000).split(' ').map(printablePath).filter(Boolean)
  return fill(words, Math.max(20, width - indent.length)).map((line) => `${indent}${printablePath(line)}`)
}

function cutTo(text: string, columns: number): string {
  const characters = [...text]
  const fitting = characters.length > columns ? [...characters.slice(0, columns - 1), '…'] : characters
  return `${fitting.join('')}${' '.repeat(columns - fitting.length)}`
}

/** In characters, which is columns but for wide scripts. */
function lengthOf(text: string): number {
  return [...text].length
}
