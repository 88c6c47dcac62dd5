const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

/** The kinds of random characters that the example of a rule can ask for, so that no example looks like a secret itself. */
export const ALPHABETS: Readonly<Record<string, string>> = {
  a: LOWER,
  A: UPPER,
  d: DIGITS,
  letters: UPPER + LOWER,
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  a36: LOWER + DIGITS,
  A36: UPPER + DIGITS,
  b32: `${UPPER}234567`,
  b62: DIGITS + UPPER + LOWER,
  b64: `${UPPER}${LOWER}${DIGITS}+/`,
  b64u: `${UPPER}${LOWER}${DIGITS}-_`,
}

const LONGEST = 4096

/**
 * Fills `{b62:36}` and `{hex:20-40}` of an example with characters, the same ones each time. Braces that are nothing of the kind stay.
 */
export function fillExample(template: string): string {
  const next = seeded(template.length + 1)
  return template.replace(
    /\{(\w{1,8}):(\d{1,4})(?:-(\d{1,4}))?\}/g,
    (whole, name: string, least: string, most = least) => {
      const alphabet = Object.hasOwn(ALPHABETS, name) ? ALPHABETS[name] : undefined
      if (alphabet === undefined) return whole
      const length = Math.min(
        LONGEST,
        Number(least) + Math.floor(next() * Math.max(1, Number(most) - Number(least) + 1)),
      )
      return Array.from({ length }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join('')
    },
  )
}

/** mulberry32: an example that fails fails again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
