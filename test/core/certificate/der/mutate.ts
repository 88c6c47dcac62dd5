import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { type Element, onlyElement, partsOf, TAG } from '../../../../src/core/certificate/der/element.ts'

/** What is done to one element of a DER tree, counted from its top. All lengths above it are made right again. */
export interface Mutation {
  readonly at: number
  readonly how: 'drop' | 'double' | 'retag' | 'refill' | 'empty' | 'swap'
  readonly tag: number
  readonly content: Uint8Array
}

/** Mutations that keep the tree in order: an octet changed at random is mostly no DER any more, and gets no further than the first reader. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 400 }),
  how: fc.constantFrom<Mutation['how']>('drop', 'double', 'retag', 'refill', 'empty', 'swap'),
  tag: fc.oneof(fc.constantFrom(...Object.values(TAG)), fc.constantFrom(0x80, 0x82, 0xa0, 0xa3, 0x0c, 0x05)),
  content: fc.uint8Array({ maxLength: 20 }),
})

/** @returns the DER with one element changed; the same bytes when they are no DER */
export function mutated(der: Uint8Array, wanted: Mutation): Uint8Array {
  const top = onlyElement(der)
  return top === null ? der : rebuilt(top, { left: wanted.at % countOf(top), wanted })
}

interface Walk {
  left: number
  readonly wanted: Mutation
}

function rebuilt(element: Element, walk: Walk): Uint8Array {
  const isHit = walk.left === 0
  walk.left -= 1
  const inside = partsInside(element).map((part) => rebuilt(part, walk))
  const content = inside.length > 0 ? Buffer.concat(inside) : element.source.subarray(element.contentStart, element.end)
  const { how, tag, content: other } = walk.wanted
  if (!isHit) return encoded(element.tag, content)
  const same = encoded(element.tag, content)
  if (how === 'drop') return new Uint8Array()
  if (how === 'double') return Buffer.concat([same, same])
  if (how === 'retag') return encoded(tag, content)
  if (how === 'refill') return encoded(element.tag, other)
  if (how === 'empty') return encoded(element.tag, new Uint8Array())
  return encoded(element.tag, Buffer.concat(inside.toReversed()))
}

/** Also what is wrapped in an OCTET STRING, as extensions and the contents of PKCS#12 are. */
function partsInside(element: Element): Element[] {
  const isConstructed = (element.tag & 0x20) !== 0
  return isConstructed || element.tag === TAG.octetString ? partsOf(element) : []
}

function countOf(element: Element): number {
  return partsInside(element).reduce((sum, part) => sum + countOf(part), 1)
}

/** An element, with the length in its shortest form, as DER asks for. */
export function encoded(tag: number, content: Uint8Array): Uint8Array {
  const octets: number[] = []
  for (let length = content.length; length > 0; length = Math.floor(length / 256)) octets.unshift(length % 256)
  const size = content.length < 0x80 ? [content.length] : [0x80 + octets.length, ...octets]
  return Buffer.concat([Uint8Array.of(tag, ...size), content])
}
