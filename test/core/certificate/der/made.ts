import { Buffer } from 'node:buffer'
import { type Element, onlyElement, TAG } from '../../../../src/core/certificate/der/element.ts'
import { encoded } from './mutate.ts'

/** An element with others in it, or with bytes. */
export function made(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return encoded(tag, Buffer.concat(content))
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return made(TAG.sequence, ...parts)
}

/** An OBJECT IDENTIFIER from its dots. */
export function objectId(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return made(TAG.objectId, Buffer.from([top * 40 + second, ...rest].flatMap(sevenBits)))
}

export function elementOf(der: Uint8Array): Element {
  return onlyElement(der)!
}

function sevenBits(arc: number): number[] {
  const octets = [arc % 128]
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift((left % 128) + 128)
  return octets
}
