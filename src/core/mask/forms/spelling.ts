import type { Text } from './text.ts'

/**
 * What a writer makes of one character: an escape, or the character. Letters and digits of ASCII are never asked about, because no
 * writer of text touches them.
 */
export type Spelling = (character: string) => string

/** What a writer makes of each of some characters. */
type Table = ReadonlyMap<string, string>

/** So many sets of characters are remembered. The values of one file have a few between them. */
const MOST_TABLES = 64

/**
 * Writers that a text is tried on. They are asked about a character once, and remember: most characters of most values are
 * left alone by all of them, and that must cost next to nothing.
 */
export class Writers {
  readonly #list: () => readonly Spelling[]
  #spellings: readonly Spelling[] | undefined
  readonly #answers = new Map<string, readonly string[] | null>()
  readonly #tables = new Map<string, readonly Table[]>()

  /** @param list called when a text needs it: most programs start without ever asking */
  constructor(list: () => readonly Spelling[]) {
    this.#list = list
  }

  get spellings(): readonly Spelling[] {
    this.#spellings ??= this.#list()
    return this.#spellings
  }

  /** @returns the character by each writer, or null when all of them leave it as it is */
  spell(character: string): readonly string[] | null {
    let answer = this.#answers.get(character)
    if (answer === undefined) {
      const spelled = this.spellings.map((spelling) => spelling(character))
      answer = spelled.every((one) => one === character) ? null : spelled
      this.#answers.set(character, answer)
    }
    return answer
  }

  /** @returns for characters that some writer changes, what the writers make of them: a table for each way that is not another's too */
  tables(changed: readonly string[]): readonly Table[] {
    const key = changed.join('')
    let tables = this.#tables.get(key)
    if (tables === undefined) {
      tables = this.#compare(changed)
      if (this.#tables.size >= MOST_TABLES) this.#tables.clear()
      this.#tables.set(key, tables)
    }
    return tables
  }

  #compare(changed: readonly string[]): Table[] {
    const answers = changed.map((character) => this.spell(character)!)
    const tables = new Map<string, Table>()
    for (let writer = 0; writer < this.spellings.length; writer += 1) {
      let key = ''
      for (const answer of answers) key += `${answer[writer]}\0`
      if (!tables.has(key)) tables.set(key, new Map(changed.map((character, at) => [character, answers[at]![writer]!])))
    }
    return [...tables.values()]
  }
}

/** The text by all these writers, each spelling once, without those that leave it as it is. */
export function spell(text: Text, writers: Writers): string[] {
  const changed = text.specials.filter((character) => writers.spell(character) !== null)
  if (changed.length === 0) return []
  const forms: string[] = []
  for (const table of writers.tables(changed)) if (changesMoreThanLineEnds(text, table)) forms.push(write(text, table))
  return forms
}

function changesMoreThanLineEnds(text: Text, table: Table): boolean {
  for (const [character, spelled] of table)
    if (character !== spelled && !(text.hiddenByLine && LINE_END.test(character))) return true
  return false
}

function write({ pieces }: Text, table: Table): string {
  const written = [...pieces]
  for (let at = 1; at < written.length; at += 2) written[at] = table.get(pieces[at]!) ?? pieces[at]!
  return written.join('')
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
