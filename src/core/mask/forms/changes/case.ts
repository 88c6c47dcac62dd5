import type { Family } from '../family.ts'

/** Copies that a reader can still use or undo at a glance. */
export const letterCase: Family = {
  name: 'upper case, lower case, reversed',
  lines: 'all',
  forms: ({ plain }) => [plain.toUpperCase(), plain.toLowerCase(), Array.from(plain).reverse().join('')],
}

/** Further copies of that kind. */
export const letterCaseRare: Family = {
  name: 'other cases',
  lines: 'written',
  forms: ({ plain }) => [
    plain.replace(/[a-z]+|[A-Z]+/g, swapCase),
    plain.replace(/[a-z]+|[A-Z]+|[^\0-\x7f]/gu, swapCase),
    plain.slice(0, 1).toUpperCase() + plain.slice(1).toLowerCase(),
    plain.slice(0, 1).toUpperCase() + plain.slice(1),
    plain.slice(0, 1).toLowerCase() + plain.slice(1),
    plain.replace(/[a-z]+/g, (letters) => letters.toUpperCase()), // tr, which knows ASCII only
    plain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    plain.split('').reverse().join('').toWellFormed(), // letters beyond the basic plane come apart
  ],
}

/** Of letters of one case. */
function swapCase(letters: string): string {
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
