import type { Document, DotenvEntry, DotenvLine } from '../dotenv/document.ts'
import { entriesOf } from '../dotenv/document.ts'
import { mergeOrder } from './order.ts'
import { choose, type ThreeWay } from './three-way.ts'

/** A variable of which both sides made something else. Null where a side took it away. */
export interface Conflict {
  readonly kind: 'conflict'
  readonly name: string
  readonly base: DotenvEntry | null
  readonly ours: DotenvEntry | null
  readonly theirs: DotenvEntry | null
}

export type MergedLine = DotenvLine | Conflict

export interface MergedDocument {
  readonly lines: readonly MergedLine[]
  /** Empty when every line is settled. */
  readonly conflicts: readonly Conflict[]
}

/**
 * Merges three plaintexts by variable: neighbours do not disturb each other, as lines of text would. Values conflict; order, comments
 * and blank lines never do. Where both sides wrote another comment in one place, both stay.
 */
export function mergeDocuments(three: ThreeWay<Document>): MergedDocument {
  const values = { base: byName(three.base), ours: byName(three.ours), theirs: byName(three.theirs) }
  const merged = mergeOrder({
    base: three.base.map(wordOf),
    ours: three.ours.map(wordOf),
    theirs: three.theirs.map(wordOf),
  })
  const names = [...new Set([...values.ours.keys(), ...values.theirs.keys(), ...values.base.keys()])]
  const settled = new Map(names.map((name) => [name, settle(name, values)]))
  const words = withEach(
    merged,
    names.filter((name) => settled.get(name) !== null),
    three,
  )
  const lines = words.map((word) => lineOf(word, settled)).filter((line) => line !== null)
  return { lines, conflicts: lines.filter((line) => line.kind === 'conflict') }
}

/** The document, where nothing conflicts; else null. */
export function settledDocument({ lines }: MergedDocument): Document | null {
  const document = lines.flatMap((line) => (line.kind === 'conflict' ? [] : [line]))
  return document.length === lines.length ? document : null
}

/** The document, with what the base had for each conflict: what two common ancestors agree on. */
export function documentOfBase({ lines }: MergedDocument): Document {
  return lines.flatMap((line) => {
    if (line.kind !== 'conflict') return [line]
    return line.base === null ? [] : [line.base]
  })
}

type Values = ReadonlyMap<string, DotenvEntry>

function byName(document: Document): Values {
  return new Map(entriesOf(document).map((entry) => [entry.name, entry]))
}

function settle(name: string, values: ThreeWay<Values>): MergedLine | null {
  const [base = null, ours = null, theirs = null] = [
    values.base.get(name),
    values.ours.get(name),
    values.theirs.get(name),
  ]
  const choice = choose({ base, ours, theirs }, (one, other) => one?.value === other?.value)
  if (choice === 'conflict') return { kind: 'conflict', name, base, ours, theirs }
  return choice === 'ours' ? ours : theirs
}

/** A line as a word to be put in order: variables by their names, whatever their values are. */
function wordOf(line: DotenvLine): string {
  if (line.kind === 'blank') return ''
  return line.kind === 'comment' ? `#${line.text}` : `=${line.name}`
}

function lineOf(word: string, settled: ReadonlyMap<string, MergedLine | null>): MergedLine | null {
  if (word === '') return { kind: 'blank' }
  if (word.startsWith('#')) return { kind: 'comment', text: word.slice(1) }
  return settled.get(word.slice(1)) ?? null
}

/** Each wanted variable once: the upper place counts, and one without a place comes behind what it stood behind. */
function withEach(words: readonly string[], wanted: readonly string[], three: ThreeWay<Document>): string[] {
  const due = new Set(wanted.map((name) => `=${name}`))
  const kept = words.filter((word) => !word.startsWith('=') || due.delete(word))
  for (const word of due) {
    const side = three.ours.some((line) => wordOf(line) === word) ? three.ours : three.theirs
    const order = side.map(wordOf)
    const before = order.slice(0, order.indexOf(word)).findLast((one) => one.startsWith('=') && kept.includes(one))
    kept.splice(before === undefined ? 0 : kept.indexOf(before) + 1, 0, word)
  }
  return kept
}
