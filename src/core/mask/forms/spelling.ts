import type { Text } from './text.ts'

/**
 * What a writer makes of one character: an escape, or the character. Letters and digits of ASCII are never asked about, because no
 * writer of text touches them.
 */
export type Spelling = (character: string) => string

/**
 * Writers that a text is tried on. They are asked about a character once, and remember: most characters of most values are
 * left alone by all of them, and that must cost next to nothing.
 */
export class Writers {
  readonly #spellings: readonly Spelling[]
  readonly #answers = new Map<string, readonly string[] | null>()

  constructor(spellings: readonly Spelling[]) {
    this.#spellings = spellings
  }

  /** @returns the character by each writer, or null when all of them leave it as it is */
  spell(character: string): readonly string[] | null {
    let answer = this.#answers.get(character)
    if (answer === undefined) {
      const spelled = this.#spellings.map((spelling) => spelling(character))
      answer = spelled.every((one) => one === character) ? null : spelled
      this.#answers.set(character, answer)
    }
    return answer
  }

  get count(): number {
    return this.#spellings.length
  }
}

/** The text by all these writers, each spelling once, without those that leave it as it is. */
export function spell(text: Text, writers: Writers): string[] {
  const changed = text.specials.flatMap((character) => {
    const spelled = writers.spell(character)
    return spelled === null ? [] : [{ character, spelled }]
  })
  if (changed.length === 0) return []
  const forms = new Map<string, string>()
  for (let writer = 0; writer < writers.count; writer += 1) {
    const table = new Map(changed.map(({ character, spelled }) => [character, spelled[writer]!]))
    const key = [...table.values()].join('\0')
    if (!forms.has(key) && changesMoreThanLineEnds(text, table)) forms.set(key, write(text, table))
  }
  return [...forms.values()]
}

function changesMoreThanLineEnds(text: Text, table: ReadonlyMap<string, string>): boolean {
  for (const [character, spelled] of table)
    if (character !== spelled && !(text.hiddenByLine && LINE_END.test(character))) return true
  return false
}

function write({ pieces }: Text, table: ReadonlyMap<string, string>): string {
  let form = pieces[0]!
  for (let at = 1; at < pieces.length; at += 2) form += (table.get(pieces[at]!) ?? pieces[at]!) + pieces[at + 1]!
  return form
}

const LINE_END = /[\r\n]/
const SPECIAL = /[^A-Za-z0-9]/gu

/** The text in one spelling. */
export function spellAs(plain: string, spelling: Spelling): string {
  return plain.replace(SPECIAL, spelling)
}

/** Puts a mark before each of some characters. */
export function marking(characters: string, mark = '\\'): Spelling {
  return (character) => (characters.includes(character) ? mark + character : character)
}

/** Replaces some characters. */
export function replacing(table: Readonly<Record<string, string>>): Spelling {
  return (character) => table[character] ?? character
}
