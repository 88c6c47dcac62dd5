import { type Element, partsOf } from './der/element.ts'
import { objectIdOf } from './der/values.ts'

const COMMON_NAME = '2.5.4.3'
const BMP_STRING = 0x1e
const MAX_LENGTH = 200

/**
 * Finds the common name in a Name (RFC 5280 section 4.1.2.4): the last one, as it is the most specific. Node's own text of a subject
 * escapes some characters and joins others.
 *
 * @returns null when there is none; it may hold any character
 */
export function commonNameOf(name: Element): string | null {
  const attributes = partsOf(name).flatMap(partsOf).map(partsOf)
  const value = attributes.findLast(([id]) => objectIdOf(id) === COMMON_NAME)?.[1]
  return value === undefined ? null : textOf(value)
}

function textOf({ tag, source, contentStart, end }: Element): string | null {
  const decoder = new TextDecoder(tag === BMP_STRING ? 'utf-16be' : 'utf-8')
  return decoder.decode(source.subarray(contentStart, end)).trim().slice(0, MAX_LENGTH) || null
}
