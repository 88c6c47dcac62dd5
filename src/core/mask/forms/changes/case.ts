import type { Family } from '../family.ts'

/** Copies that a reader can still use or undo at a glance. */
export const letterCase: Family = {
  name: 'upper case, lower case, reversed',
  lines: true,
  forms: ({ plain }) => [plain.toUpperCase(), plain.toLowerCase(), Array.from(plain).reverse().join('')],
}

/** Further copies of that kind. */
export const letterCaseRare: Family = {
  name: 'other cases, rot13',
  forms: ({ plain: text }) => [
    text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
    text.slice(0, 1).toUpperCase() + text.slice(1),
    text.slice(0, 1).toLowerCase() + text.slice(1),
    text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase())),
    text.replace(/[A-Za-z]/g, rotate),
    text.split('').reverse().join('').toWellFormed(), // letter pairs beyond the basic plane come apart
  ],
}

function rotate(letter: string): string {
  const base = letter < 'a' ? 65 : 97
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
}
