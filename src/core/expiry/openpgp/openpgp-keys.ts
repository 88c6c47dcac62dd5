import type { Buffer } from 'node:buffer'
import { ifReadable } from '../../if-readable.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import { keyBlocksIn } from './armor.ts'
import { type Component, componentsOf } from './components.ts'
import { readPackets } from './packets.ts'

/** What a subkey is for, by the bits of RFC 9580 section 5.2.3.29. */
const USES: readonly (readonly [number, string])[] = [
  [0x02, 'signatures'],
  [0x0c, 'encryption'],
  [0x20, 'authentication'],
]

/**
 * OpenPGP keys, public or secret. Of each primary key, and of the subkeys for each use the one that works longest: who renews a key adds
 * subkeys, and leaves the old ones in it.
 */
export function openpgpKeys({ text }: Piece): readonly Expiry[] {
  return keyBlocksIn(text).flatMap((block) => ifReadable(() => readKeys(block)) ?? [])
}

function readKeys(block: Buffer): readonly Expiry[] {
  const longest = new Map<string, Component>()
  const components = componentsOf(readPackets(block))
  for (const component of components) {
    const use = `${component.primary} ${component.subkey ? component.flags : 'primary'}`
    const known = longest.get(use)
    if (known === undefined || endOf(component) > endOf(known)) longest.set(use, component)
  }
  return [...longest.values()].map(expiryOf)
}

function expiryOf({ subkey, flags, notBefore, notAfter }: Component): Expiry {
  const uses = USES.filter(([bits]) => (flags & bits) !== 0).map(([, use]) => use)
  const what = subkey ? `an OpenPGP subkey${uses.length > 0 ? ` for ${uses.join(' and ')}` : ''}` : 'an OpenPGP key'
  const advice = 'Set a later end with the primary key, and hand out the public key again.'
  return { kind: 'openpgp', what, notBefore, notAfter, lives: null, advice }
}

function endOf({ notAfter }: Component): number {
  return notAfter?.getTime() ?? Number.POSITIVE_INFINITY
}
