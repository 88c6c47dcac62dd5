import { randomBytes } from 'node:crypto'
import { type Identity, recipientOf } from '../../age/identity.ts'
import type { Recipient } from '../../age/recipient.ts'
import { unwrapDataKey } from '../../age/unwrap.ts'
import { wrapDataKey } from '../../age/wrap.ts'
import { SealwardError } from '../../errors.ts'
import { RECIPIENTS } from '../limits.ts'
import type { Metadata, WrappedKey } from '../text/metadata.ts'

const DATA_KEY_BYTES = 32

export function newDataKey(): Uint8Array {
  return randomBytes(DATA_KEY_BYTES)
}

/**
 * Wraps a data key for each recipient in an age file of its own. docs/format.md section 6.
 *
 * @throws SealwardError no-recipients or limit
 */
export async function wrapForAll(dataKey: Uint8Array, recipients: readonly Recipient[]): Promise<WrappedKey[]> {
  if (recipients.length === 0)
    throw new SealwardError('no-recipients', 'there is nobody to encrypt to', {
      hint: 'give -r RECIPIENT, or list recipients in sealward.yml; `sealward keygen` makes a key',
    })
  if (recipients.length > RECIPIENTS) throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
  return Promise.all(
    recipients.map(async (recipient) => ({
      recipient: recipient.text,
      armored: await wrapDataKey(dataKey, recipient),
    })),
  )
}

/**
 * Opens the first wrapped key that this identity fits.
 *
 * The recipient beside a wrapped key is not authenticated, so it only decides which is tried first.
 *
 * @returns the data key, or null when the identity opens none
 * @throws SealwardError malformed when a wrapped key is broken
 */
export async function unwrapWith(wrappedKeys: readonly WrappedKey[], identity: Identity): Promise<Uint8Array | null> {
  for (const { armored } of wrappedKeys.length > 1 ? await likelyFirst(wrappedKeys, identity) : wrappedKeys) {
    const dataKey = await unwrapDataKey(armored, identity)
    if (dataKey !== null) return dataKey
  }
  return null
}

/** What is left to find of a file's data key. */
export interface DataKeySearch {
  /**
   * Tries an identity.
   *
   * @returns the data key; null where more is needed
   * @throws SealwardError malformed when a wrapped key is broken
   */
  take(identity: Identity): Promise<Uint8Array | null>
  /** How many key groups are open; always 0 where there is but one. */
  opened(): number
}

/** Looks for the data key of a file, identity by identity: of several key groups some have to be opened. */
export async function searchDataKey({
  wrappedKeys,
  shares,
}: Pick<Metadata, 'wrappedKeys' | 'shares'>): Promise<DataKeySearch> {
  if (shares === null) return { take: (identity) => unwrapWith(wrappedKeys, identity), opened: () => 0 }
  const { searchShares } = await import('./shares.ts')
  return searchShares(shares)
}

async function likelyFirst(wrappedKeys: readonly WrappedKey[], identity: Identity): Promise<WrappedKey[]> {
  const likely = await likelyFor(identity)
  return [...wrappedKeys.filter(likely), ...wrappedKeys.filter((key) => !likely(key))]
}

/** The recipient of a hybrid identity is not computed: that loads a library which a file without such a recipient does not need. */
async function likelyFor(identity: Identity): Promise<(key: WrappedKey) => boolean> {
  if (identity.kind === 'hybrid') return ({ recipient }) => recipient.startsWith('age1pq')
  const own = (await recipientOf(identity)).text
  return ({ recipient }) => recipient === own
}

/** What a user should know about a set of recipients before encrypting to it. */
export function recipientWarnings(recipients: readonly Recipient[]): string[] {
  const kinds = new Set(recipients.map(({ kind }) => kind))
  return kinds.size > 1
    ? ['classical and post-quantum recipients are mixed: the file is only as strong as its classical recipients']
    : []
}
