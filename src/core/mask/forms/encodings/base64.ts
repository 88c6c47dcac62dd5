import type { Family } from '../family.ts'

/**
 * Base64 of any text that holds the value. Three bytes make four characters, so there are three ways in which the value can
 * lie; the characters that share bits with a neighbour are cut, for nobody knows the neighbour.
 */
export const base64: Family = {
  name: 'base64',
  leaves: true,
  *forms(text) {
    for (const core of cores(Buffer.from(text, 'utf8'))) {
      yield core
      yield urlAlphabet(core)
    }
  },
}

/** Base64 of base64, which defeats masks of base64: three alignments of the inner text, three of the outer. */
export const base64Twice: Family = {
  name: 'base64 of base64',
  *forms(text) {
    const bytes = Buffer.from(text, 'utf8')
    for (const core of cores(bytes))
      for (const inner of new Set([core, urlAlphabet(core)])) yield* cores(Buffer.from(inner, 'latin1'))
    yield thrice(bytes)
  },
}

/** Base64 that is quoted in its turn: in a URL, by PHP's and .NET's JSON. */
export const base64Quoted: Family = {
  name: 'base64, quoted',
  *forms(text) {
    for (const core of cores(Buffer.from(text, 'utf8'))) {
      yield core.replaceAll('/', '\\/')
      yield core.replaceAll('+', '\\u002B')
      yield encodeURIComponent(core)
      yield encodeURIComponent(core).toLowerCase() === core.toLowerCase() ? core : lowerCodes(encodeURIComponent(core))
    }
  },
}

/** The three cores of the bytes' base64 in the standard alphabet. */
export function cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => core(bytes, shift))
}

function core(bytes: Uint8Array, shift: number): string {
  const padded = Buffer.alloc(shift + bytes.length)
  padded.set(bytes, shift)
  const from = Math.ceil((shift * 8) / 6)
  return padded.toString('base64').slice(from, Math.floor((padded.length * 8) / 6))
}

/** RFC 4648 section 5. */
export function urlAlphabet(encoded: string): string {
  return encoded.replaceAll('+', '-').replaceAll('/', '_')
}

/** Of the value alone, as far as what follows it cannot change it. */
function thrice(bytes: Uint8Array): string {
  const [once] = cores(bytes)
  const [twice] = cores(Buffer.from(once!, 'latin1'))
  return cores(Buffer.from(twice!, 'latin1'))[0]!
}

function lowerCodes(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}
