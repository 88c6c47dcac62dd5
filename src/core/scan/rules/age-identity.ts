import { decodeBech32 } from '../../age/bech32.ts'
import type { KeyMatch } from './private-key.ts'

/** 32 bytes in Bech32: 52 characters of the alphabet and 6 of checksum. The alphabet has none of 1, b, i and o. */
const IDENTITY = /AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{58}/gi

/**
 * age identities, classical and hybrid, in any letter case. The checksum must be right: it is what tells a key from the dots and
 * the repeated letters of documentation, and without it age opens nothing.
 */
export function findAgeIdentities(text: string): KeyMatch[] {
  const matches: KeyMatch[] = []
  for (const match of text.matchAll(IDENTITY)) {
    const identity = match[0].toUpperCase()
    if (typeof decodeBech32(identity) === 'string') continue
    matches.push({
      index: match.index,
      message: 'an age identity, which opens every file encrypted to it',
      essence: identity,
    })
  }
  return matches
}
