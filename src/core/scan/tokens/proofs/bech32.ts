import { decodeBech32 } from '../../../age/bech32.ts'
import type { Proof } from '../token-rule.ts'

/** BIP 173: the last six characters are a checksum over the prefix and all others. */
export function bech32(token: string): Proof {
  return typeof decodeBech32(token) === 'string' ? 'fails' : 'holds'
}
