import { randomBytes } from 'node:crypto'
import { type Identity, identityFrom, recipientOf, scalarOf } from '../age/identity.ts'
import type { Recipient } from '../age/recipient.ts'
import { SealwardError } from '../errors.ts'
import { fingerprintOf } from '../ledger/marks.ts'
import { amount } from '../report/amount.ts'
import { requireSplit, SET_BYTES, type Share, SharePart, type Split } from './share.ts'

/**
 * Splits an identity by Shamir's scheme: its 32 bytes alone, without a checksum of them, so that too few shares leave nothing to hold a guess
 * against but the recipient, which is public anyway.
 *
 * @throws SealwardError usage for numbers that `requireSplit` refuses
 */
export async function splitIdentity(identity: Identity, wanted: Split): Promise<readonly Share[]> {
  requireSplit(wanted)
  const { split } = await import('shamir-secret-sharing')
  // The library takes plain arrays of bytes alone, no Buffer.
  const parts = await split(Uint8Array.from(scalarOf(identity)), wanted.of, wanted.threshold)
  const common = {
    ...{ kind: identity.kind, of: wanted.of, threshold: wanted.threshold },
    set: randomBytes(SET_BYTES).toString('hex'),
    fingerprint: fingerprintOf((await recipientOf(identity)).text),
  }
  return parts.map((bytes, index) => ({ ...common, number: index + 1, part: new SharePart(bytes) }))
}

/**
 * Makes the identity of its shares again. A share that is there twice counts once.
 *
 * @throws SealwardError usage for shares of different keys, or too few; identity-invalid where what comes of them is another key than the
 *   one that they name. No message holds a part of a share
 */
export async function combineShares(
  shares: readonly Share[],
): Promise<{ readonly identity: Identity; readonly recipient: Recipient }> {
  const [first] = shares
  if (first === undefined) throw new SealwardError('usage', 'there is no share to combine')
  const strangers = shares.filter((share) => commonOf(share) !== commonOf(first))
  if (strangers.length > 0) throw mixed(first, strangers[0]!)
  const distinct = [...new Map(shares.map((share) => [share.number, share])).values()]
  if (distinct.length < first.threshold) throw tooFew(first, distinct)
  const scalar = await join(distinct)
  const identity = scalar === null ? null : identityFrom(first.kind, scalar)
  const recipient = identity === null ? null : await recipientOf(identity)
  if (identity !== null && recipient !== null && fingerprintOf(recipient.text) === first.fingerprint)
    return { identity, recipient }
  throw new SealwardError('identity-invalid', 'these shares do not make the key that they name', {
    hint: 'one of them is forged or was made wrongly, though its checksums are right: try others of the set',
  })
}

/** @returns null for parts that are at one place of the polynomial, or of different lengths: no split makes such */
async function join(shares: readonly Share[]): Promise<Uint8Array | null> {
  const { combine } = await import('shamir-secret-sharing')
  try {
    return await combine(shares.map(({ part }) => part.reveal()))
  } catch {
    return null
  }
}

/** What all shares of one split have in common, as text. */
function commonOf({ kind, set, of, threshold, fingerprint }: Share): string {
  return JSON.stringify([kind, set, of, threshold, fingerprint])
}

function mixed(first: Share, other: Share): SealwardError {
  const what = first.fingerprint === other.fingerprint ? 'two splits of the same key' : 'different keys'
  return new SealwardError('usage', `these are shares of ${what}: sets ${first.set} and ${other.set}`, {
    hint: 'each share says of which set it is; shares of two sets never fit, whatever their numbers',
  })
}

function tooFew({ threshold, set }: Share, distinct: readonly Share[]): SealwardError {
  const numbers = distinct.map(({ number }) => number).join(', ')
  return new SealwardError(
    'usage',
    `${amount(threshold, 'share')} of set ${set} are needed, and ${distinct.length} given: number ${numbers}`,
    { hint: 'fewer than that say nothing of the key' },
  )
}
