/** One element of DER (X.690 section 10): where it starts, where its content starts, where it ends. No bytes are copied. */
export interface Element {
  readonly source: Uint8Array
  /** The identifier octet: class, constructed bit and number in one. */
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  readonly end: number
}

/** The identifier octets that the formats of this folder use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

const MAX_LENGTH_OCTETS = 4
const HIGH_TAG_NUMBER = 0x1f
const LONG_FORM = 0x80

/**
 * Reads the element that starts at `start`. Strict: definite lengths in their shortest form, tag numbers of one octet, and nothing reaches
 * past `limit`.
 *
 * @returns null for anything else
 */
export function elementAt(source: Uint8Array, start: number, limit: number): Element | null {
  const tag = source[start]
  const first = source[start + 1]
  if (start + 2 > limit || tag === undefined || first === undefined) return null
  if ((tag & HIGH_TAG_NUMBER) === HIGH_TAG_NUMBER) return null
  if (first < LONG_FORM) return bounded({ source, tag, start, contentStart: start + 2, end: start + 2 + first }, limit)
  const octets = first - LONG_FORM
  const contentStart = start + 2 + octets
  if (octets === 0 || octets > MAX_LENGTH_OCTETS || contentStart > limit || source[start + 2] === 0) return null
  const length = source.subarray(start + 2, contentStart).reduce((sum, octet) => sum * 256 + octet, 0)
  return length < LONG_FORM ? null : bounded({ source, tag, start, contentStart, end: contentStart + length }, limit)
}

/** @returns the one element that the bytes are; null when they are none, or when something follows it */
export function onlyElement(bytes: Uint8Array): Element | null {
  const element = elementAt(bytes, 0, bytes.length)
  return element?.end === bytes.length ? element : null
}

/**
 * What a constructed element consists of: all of it or, when a part breaks the rules or there is no element, nothing. So a reader takes
 * the parts it wants by position and finds undefined where an input is not what it says.
 */
export function partsOf(element: Element | null | undefined): Element[] {
  if (!element) return []
  const parts: Element[] = []
  for (let offset = element.contentStart; offset < element.end; ) {
    const part = elementAt(element.source, offset, element.end)
    if (part === null) return []
    parts.push(part)
    offset = part.end
  }
  return parts
}

/** @returns its content, without tag and length; no bytes when there is no element or its tag is another */
export function contentOf(element: Element | undefined, tag: number): Uint8Array {
  return element?.tag === tag ? element.source.subarray(element.contentStart, element.end) : new Uint8Array()
}

/** @returns the whole of it, with tag and length */
export function bytesOf({ source, start, end }: Element): Uint8Array {
  return source.subarray(start, end)
}

/** @returns the element that an OCTET STRING, or a context tag of the explicit kind, is wrapped round */
export function insideOf(element: Element | undefined): Element | undefined {
  if (element === undefined) return undefined
  const inner = elementAt(element.source, element.contentStart, element.end)
  return inner?.end === element.end ? inner : undefined
}

function bounded(element: Element, limit: number): Element | null {
  return element.end <= limit ? element : null
}
