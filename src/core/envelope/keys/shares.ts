import type { Identity } from '../../age/identity.ts'
import type { Recipient } from '../../age/recipient.ts'
import { unwrapDataKey } from '../../age/unwrap.ts'
import { SealwardError } from '../../errors.ts'
import { RECIPIENTS } from '../limits.ts'
import type { KeyGroup, Shares } from '../text/metadata.ts'
import { type DataKeySearch, wrapForAll } from './data-key.ts'
import { canBeSplit, KEY_GROUPS, type KeyGroups } from './key-groups.ts'

/** Bytes of a share: those of the data key, and one for where it lies on the polynomial. */
const SHARE_BYTES = 33

/**
 * Splits a data key by Shamir's scheme over GF(2^8), as SOPS and Vault do, and wraps each share for the members of a group. Every call
 * draws a new polynomial: shares of two calls do not fit together.
 *
 * @throws SealwardError policy-invalid for a threshold that cannot be; no-recipients, limit, recipient-invalid
 */
export async function wrapShares(dataKey: Uint8Array, { groups, threshold }: KeyGroups<Recipient>): Promise<Shares> {
  if (groups.length > KEY_GROUPS || groups.flat().length > RECIPIENTS)
    throw new SealwardError('limit', `more than ${KEY_GROUPS} key groups, or ${RECIPIENTS} recipients in them`)
  if (!canBeSplit({ groups, threshold }))
    throw new SealwardError(
      'policy-invalid',
      'a key group is empty, or the threshold is not between 2 and their number',
    )
  const { split } = await import('shamir-secret-sharing')
  // It takes no Buffer.
  const shares = await split(new Uint8Array(dataKey), groups.length, threshold)
  if (!Buffer.from(await join(shares.slice(-threshold))).equals(dataKey))
    throw new SealwardError('internal', 'the shares of a data key do not make it')
  const wrapped = groups.map(async (members, index) => ({
    wrappedKeys: await wrapForAll(shares[index]!, members),
    foreign: [],
  }))
  return { groups: await Promise.all(wrapped), threshold }
}

/**
 * Gathers shares, identity by identity. Whose identity it is does not matter, only that it opens a group that is closed still. Shares that
 * cannot be of one data key are `malformed`.
 */
export function searchShares({ groups, threshold }: Shares): DataKeySearch {
  const shares = new Map<KeyGroup, Uint8Array>()
  return {
    async take(identity) {
      for (const group of groups) {
        if (shares.size === threshold) break
        if (shares.has(group)) continue
        const share = await openShare(group, identity)
        if (share !== null) shares.set(group, checked(share, [...shares.values()]))
      }
      return shares.size < threshold ? null : join([...shares.values()])
    },
    opened: () => shares.size,
  }
}

async function openShare({ wrappedKeys }: KeyGroup, identity: Identity): Promise<Uint8Array | null> {
  for (const { armored } of wrappedKeys) {
    const share = await unwrapDataKey(armored, identity, SHARE_BYTES)
    if (share !== null) return share
  }
  return null
}

/** A share at zero would be the data key itself, and two at one place make no polynomial. */
function checked(share: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const place = share.at(-1)
  if (place === 0 || others.some((other) => other.at(-1) === place))
    throw new SealwardError('malformed', 'the shares of two key groups cannot be of one data key')
  return share
}

async function join(shares: readonly Uint8Array[]): Promise<Uint8Array> {
  const { combine } = await import('shamir-secret-sharing')
  return combine(shares.map((share) => new Uint8Array(share)))
}
