import { Buffer } from 'node:buffer'
import { contentOf, type Element, TAG } from './element.ts'

const MAX_SAFE_OCTETS = 6
const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/** @returns an OBJECT IDENTIFIER in dots: `2.5.29.17`; the empty text when it is none */
export function objectIdOf(element: Element | undefined): string {
  const content = contentOf(element, TAG.objectId)
  const last = content.at(-1)
  if (last === undefined || last >= 0x80 || content.length > 64) return ''
  const arcs: bigint[] = [0n]
  for (const octet of content) {
    arcs.push((arcs.pop()! << 7n) | BigInt(octet & 0x7f))
    if (octet < 0x80) arcs.push(0n)
  }
  const [head = 0n, ...rest] = arcs.slice(0, -1)
  const top = head < 80n ? head / 40n : 2n
  return [top, head - top * 40n, ...rest].join('.')
}

/** @returns a small INTEGER or ENUMERATED that is not negative; null when it is none */
export function numberOf(element: Element | undefined): number | null {
  if (element?.tag !== TAG.integer && element?.tag !== TAG.enumerated) return null
  const content = contentOf(element, element.tag)
  if (content.length === 0 || content.length > MAX_SAFE_OCTETS || content[0]! >= 0x80) return null
  return content.reduce((sum, octet) => sum * 256 + octet, 0)
}

/** @returns an INTEGER of any size in hexadecimal, as Node writes serial numbers: upper case, no leading zero octets */
export function serialOf(element: Element | undefined): string {
  return Buffer.from(contentOf(element, TAG.integer))
    .toString('hex')
    .toUpperCase()
    .replace(/^(?:00)+(?=.)/, '')
}

/**
 * Reads the two forms of time that certificates use (RFC 5280 section 4.1.2.5): UTCTime, whose years run from 1950 to 2049, and
 * GeneralizedTime, both in UTC with seconds.
 *
 * @returns null for any other form, or a day that no calendar has
 */
export function timeOf(element: Element | undefined): Date | null {
  if (element === undefined) return null
  const text = Buffer.from(contentOf(element, element.tag)).toString('latin1')
  const parts = partsOfTime(element.tag, text)
  if (parts === null) return null
  const [year, month, day, hour, minute, second] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) || time.toISOString() !== iso ? null : time
}

function partsOfTime(tag: number, text: string): string[] | null {
  if (tag === TAG.generalizedTime) return GENERALIZED_TIME.exec(text)?.slice(1) ?? null
  if (tag !== TAG.utcTime) return null
  const [year, ...rest] = UTC_TIME.exec(text)?.slice(1) ?? []
  return year === undefined ? null : [`${year < '50' ? '20' : '19'}${year}`, ...rest]
}
