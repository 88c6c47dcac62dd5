const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

/** The names that a template may give to a run of random characters. */
const ALPHABETS: Readonly<Record<string, string>> = {
  a: LOWER,
  A: UPPER,
  d: DIGITS,
  letters: UPPER + LOWER,
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  a36: LOWER + DIGITS,
  A36: UPPER + DIGITS,
  b32: `${UPPER}234567`,
  b58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  b62: DIGITS + UPPER + LOWER,
  b64: `${UPPER}${LOWER}${DIGITS}+/`,
  b64u: `${UPPER}${LOWER}${DIGITS}-_`,
  bech: 'qpzry9x8gf2tvdw0s3jn54khce6mua7l',
  BECH: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
}

/** Names without a length, each made of others. */
const WHOLE: Readonly<Record<string, string>> = {
  uuid: '{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}',
  UUID: '{HEX:8}-{HEX:4}-4{HEX:3}-A{HEX:3}-{HEX:12}',
  // {"alg":"HS256","typ":"JWT"} and a payload that begins with {"sub":"
  jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI{b62:60}.{b64u:43}',
}

/**
 * Fills `{b62:36}`, `{hex:20-40}`, `{uuid}` and `{jwt}` of a template with random characters; everything else stays as it is, braces too.
 * So no fixture that looks like a secret is ever committed. `random` gives numbers from 0 up to, but not with, 1.
 */
export function fillTemplate(template: string, random: () => number): string {
  return template
    .replace(/\{(uuid|UUID|jwt)\}/g, (_, name: string) => WHOLE[name]!)
    .replace(/\{([a-zA-Z]\w*):(\d+)(?:-(\d+))?\}/g, (_, name: string, least: string, most: string | undefined) => {
      const alphabet = ALPHABETS[name]
      if (alphabet === undefined) throw new Error(`no alphabet is called ${name}`)
      const length = Number(least) + Math.floor(random() * (Number(most ?? least) - Number(least) + 1))
      return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('')
    })
}

/** A small generator with a seed (mulberry32), so that a test that fails fails again. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
