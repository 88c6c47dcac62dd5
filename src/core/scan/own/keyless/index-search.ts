import type { ScanText } from '../../engine/scan-text.ts'
import type { Sighting } from '../own-value.ts'
import { windowDigests } from './digest.ts'
import { CODES, WindowFilter } from './filter.ts'
import type { Fingerprints } from './fingerprints.ts'
import { normalise, SIZES, type WindowForm } from './windows.ts'

/** A value of an index, by its number in a sighting. */
export interface IndexedValue {
  readonly file: string
  readonly name: string
}

/** Finds the windows of an index. */
export interface IndexSearch {
  readonly values: readonly IndexedValue[]
  /** From the front to the back, none overlapping another. */
  find(text: ScanText): Sighting[]
}

const SHORTEST = SIZES[0]!
/** More of one text say nothing new. */
const MOST_SIGHTINGS = 1000

const WORDS: Readonly<Record<WindowForm, string>> = {
  plain: 'as it is',
  base64: 'as base64',
  'base64-1': 'as base64',
  'base64-2': 'as base64',
  hex: 'as hex',
  reversed: 'reversed',
}

export function compileIndex({ salt, filter, files }: Fingerprints): IndexSearch {
  const values: IndexedValue[] = []
  const owners = new Map<string, { readonly value: number; readonly form: string }>()
  const sizes = new Set<number>()
  for (const { file, values: indexed } of files)
    for (const { name, windows } of indexed) {
      values.push({ file, name })
      for (const { form, size, digest } of windows) {
        sizes.add(size)
        owners.set(`${size} ${digest}`, { value: values.length - 1, form: WORDS[form] })
      }
    }
  const digest = windowDigests(salt)
  const sieve = new WindowFilter(filter)
  return { values, find: (text) => findIn(text, { digest, sieve, owners, sizes: [...sizes] }) }
}

interface Ready {
  readonly digest: (window: string) => string
  readonly sieve: WindowFilter
  readonly owners: ReadonlyMap<string, { readonly value: number; readonly form: string }>
  readonly sizes: readonly number[]
}

function findIn(text: ScanText, { digest, sieve, owners, sizes }: Ready): Sighting[] {
  const found: Sighting[] = []
  for (const { start: from, end: to } of runsIn(text.bytes))
    for (const size of sizes) {
      sieve.sift(text.bytes, { start: from, end: to, size }, (start) => {
        const window = normalise(text.slice(start, start + size))
        const owner = owners.get(`${size} ${digest(window)}`)
        if (owner !== undefined && found.length < MOST_SIGHTINGS) found.push({ start, end: start + size, ...owner })
      })
    }
  return apart(found.sort((one, other) => one.start - other.start))
}

/** Stretches of the alphabets of base64, from the front to the back. From where one would have its last needed character it looks back. */
function* runsIn(bytes: Uint8Array): Generator<{ start: number; end: number }> {
  let before = -1
  for (let at = SHORTEST - 1; at < bytes.length; at = before + SHORTEST) {
    let back = at
    while (back > before && CODES[bytes[back] as number] !== 0) back -= 1
    if (back > before) {
      before = back
      continue
    }
    let end = at
    while (end < bytes.length && CODES[bytes[end] as number] !== 0) end += 1
    yield { start: before + 1, end }
    before = end
  }
}

function apart(sorted: readonly Sighting[]): Sighting[] {
  let end = 0
  return sorted.filter((one) => {
    if (one.start < end) return false
    end = one.end
    return true
  })
}
