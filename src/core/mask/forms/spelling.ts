import type { Text } from './text.ts'

/**
 * What a writer makes of one character: an escape, or the character. Letters and digits of ASCII are never asked about, because no
 * writer of text touches them.
 */
export type Spelling = (character: string) => string

/**
 * The text in all these spellings, each once, without those that leave it as it is. The writers are asked about each character
 * that occurs, not about each place where it does: most of them agree on most texts.
 */
export function spell(text: Text, spellings: readonly Spelling[]): string[] {
  const { specials } = text
  if (specials.length === 0) return []
  const seen = new Set([specials.join('\0')])
  const forms: string[] = []
  for (const spelling of spellings) {
    const spelled = specials.map(spelling)
    const key = spelled.join('\0')
    if (seen.has(key)) continue
    seen.add(key)
    if (text.hiddenByLine && specials.every((special, at) => special === spelled[at] || LINE_END.test(special)))
      continue
    forms.push(write(text, spelled))
  }
  return forms
}

function write({ pieces, specials }: Text, spelled: readonly string[]): string {
  const table = new Map(specials.map((special, at) => [special, spelled[at]!]))
  let form = pieces[0]!
  for (let at = 1; at < pieces.length; at += 2) form += table.get(pieces[at]!)! + pieces[at + 1]!
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
