import { type Batch, batchesOf } from '../../mask/batches.ts'
import { DERIVED_LENGTH } from '../../mask/mask-set.ts'
import { type Parts, partsOf, type Source } from '../../mask/parts/parts.ts'
import { foldingsOf } from './fold.ts'
import { isTelling } from './telling.ts'

/** A text that a value can stand as. */
export interface Form {
  readonly text: string
  /** In words, behind "the value". */
  readonly form: string
}

/** What to look for of one value. */
export interface FormsOf {
  /** Texts to be found as they are. */
  readonly exact: readonly Form[]
  /** Letters and digits alone, to be found in folded texts. */
  readonly folded: readonly Form[]
  /** False when the budget ended it. */
  readonly complete: boolean
}

const SHORTEST = 5
const SHORTEST_FOLDED = 12
const MANY_LITERALS = 20_000

/** Families that cut a text in pieces. A piece may hold nothing of the secret, `postgres://` say; folding finds the whole instead. */
const PIECES: ReadonlySet<string> = new Set([
  'base64 in lines',
  'base64 of base64, in lines',
  'hex in lines',
  'base64 in lines, at any offset',
  'long base64 in lines, at any offset',
  'hex in lines, at any offset',
  'hex dumps',
])
/** The family that may replace letters by `?`, until nothing is left of them. */
const LOSSY = 'other Unicode spellings'
const TURNED = 'upper case, lower case, reversed'
/** The families of which the folded forms are looked for too. What an encoding makes of a secret tells as much as the secret does. */
const ENCODED: ReadonlySet<string> = new Set(['base64', 'hex', 'base64 of base64', 'base32'])

/**
 * Every form of a value that masking hides (docs/masking.md), if it says where it comes from (`isTelling`).
 *
 * @param budget how many forms there may be
 * @returns null when nothing of the value can be looked for: it is too short, or made of words
 */
export function formsOf(value: string, budget: number): FormsOf | null {
  const parts = tellingParts(value)
  if (parts.literals.length === 0 && parts.sources.length === 0) return null
  const whole = value.toWellFormed().trim()
  const collector = new Collector(budget)
  for (const text of parts.literals) collector.add(text, text === whole ? 'as it is' : 'in part')
  for (const { text } of parts.sources) collector.addFolded(text.plain, 'over several lines', isTelling)
  for (const batch of batchesOf([parts])) collector.addBatch(batch)
  return collector
}

/** Whether anything of a value can be looked for. */
export function isSought(value: string): boolean {
  const { literals, sources } = tellingParts(value)
  return literals.length + sources.length > 0
}

function tellingParts(value: string): Parts {
  const { literals, sources } = partsOf(value, { minLength: SHORTEST, masker: 'filter' })
  const isMeant = ({ text }: Source) => isTelling(text.plain)
  return { literals: literals.slice(0, MANY_LITERALS).filter(isTelling), sources: sources.filter(isMeant) }
}

function isLong(form: string): boolean {
  return form.length >= DERIVED_LENGTH
}

class Collector implements FormsOf {
  readonly exact: Form[] = []
  readonly folded: Form[] = []
  complete = true
  readonly #known = new Set<string>()
  #room: number

  constructor(budget: number) {
    this.#room = budget
  }

  add(text: string, form: string): void {
    if (this.#take(text)) this.exact.push({ text, form })
  }

  addBatch({ family: { name }, forms }: Batch): void {
    if (PIECES.has(name)) return
    const suits = name === LOSSY ? isTelling : isLong
    const words = name === TURNED ? 'reversed or in another case' : `as ${name}`
    for (const form of forms) if (suits(form)) this.add(form, words)
    if (name !== TURNED && !ENCODED.has(name)) return
    // Hex of many a password has digits alone, which would tell nothing if they were the secret.
    const suitsFolded = name === TURNED ? isTelling : isLong
    for (const form of forms) this.addFolded(form, `${words}, over several lines`, suitsFolded)
  }

  /** @param suits whether what folding leaves is worth being looked for */
  addFolded(text: string, form: string, suits: (folded: string) => boolean): void {
    for (const folded of foldingsOf(text)) {
      if (folded.length < SHORTEST_FOLDED || !suits(folded)) continue
      if (this.#take(`\0${folded}`)) this.folded.push({ text: folded, form })
    }
  }

  #take(key: string): boolean {
    if (this.#known.has(key)) return false
    this.complete &&= this.#room > 0
    if (this.#room <= 0) return false
    this.#room -= 1
    this.#known.add(key)
    return true
  }
}
