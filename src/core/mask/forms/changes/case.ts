import type { Family } from '../family.ts'

/** Copies that a reader can still use or undo at a glance. */
export const letterCase: Family = {
  name: 'upper case, lower case, reversed',
  lines: 'all',
  forms: ({ plain, characters }) => [plain.toUpperCase(), plain.toLowerCase(), characters.toReversed().join('')],
}

/** Further copies of that kind. In ASCII the last ones are among the others. */
export const letterCaseRare: Family = {
  name: 'other cases',
  lines: 'written',
  forms({ plain, characters, isAscii }) {
    if (isAscii) return [swapCase(plain), ...capitals(plain)]
    return [
      plain.replace(/[a-z]+|[A-Z]+/g, swapCase),
      plain.replace(/[a-z]+|[A-Z]+|[^\0-\x7f]/gu, swapOne),
      ...capitals(plain),
      plain.replace(/[a-z]+/g, (letters) => letters.toUpperCase()), // tr, which knows ASCII only
      plain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
      plain.split('').reverse().join('').toWellFormed(), // letters beyond the basic plane come apart
      characters.map((character) => character.toLowerCase()).join(''), // a last sigma is another where letters follow
    ]
  },
}

function capitals(plain: string): string[] {
  const [first, rest] = [plain.slice(0, 1), plain.slice(1)]
  const upper = first.toUpperCase()
  const title = upper.slice(0, 1) + upper.slice(1).toLowerCase() // `ß` becomes `Ss`
  return [title + rest.toLowerCase(), upper + rest, first.toLowerCase() + rest]
}

/** Of ASCII. Letter by letter, because the letters of one case that follow each other in a token are few. */
function swapCase(text: string): string {
  const [upper, lower] = [text.toUpperCase(), text.toLowerCase()]
  let swapped = ''
  for (let at = 0; at < text.length; at += 1) swapped += text[at] === lower[at] ? upper[at] : lower[at]
  return swapped
}

/** Of one character, or of letters of one case. */
function swapOne(letters: string): string {
  return letters === letters.toLowerCase() ? letters.toUpperCase() : letters.toLowerCase()
}

/** The alphabet turned by half. */
export const rot13: Family = {
  name: 'rot13',
  lines: 'all',
  forms: ({ plain }) => [plain.replace(/[A-Za-z]/g, rotate)],
}

function rotate(letter: string): string {
  const base = letter < 'a' ? 65 : 97
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
}
