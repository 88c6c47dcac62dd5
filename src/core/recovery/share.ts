import type { RecipientKind } from '../age/recipient.ts'
import { SealwardError } from '../errors.ts'

/** One of the parts that an identity was split into. Fewer than `threshold` of them say nothing of it. */
export interface Share {
  readonly kind: RecipientKind
  /** Drawn anew for each split, so that shares of two splits are told apart. It comes from no secret. */
  readonly set: string
  readonly number: number
  readonly of: number
  readonly threshold: number
  /** The fingerprint of the recipient, which is public: the key that is made of shares has to have it. */
  readonly fingerprint: string
  readonly part: SharePart
}

/** How many shares there are to be, and how many make the key. */
export type Split = Pick<Share, 'of' | 'threshold'>

export const SET_BYTES = 6
/** 32 bytes of an identity, and where on the polynomial they are. */
export const PART_BYTES = 33
const MOST_SHARES = 255

/** The secret of a share. It prints as `[share]` wherever it might be printed by accident. */
export class SharePart {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  reveal(): Uint8Array {
    return this.#bytes
  }

  toJSON(): string {
    return '[share]'
  }
}

/** @throws SealwardError usage for numbers that Shamir's scheme does not have: 2 <= threshold <= of <= 255 */
export function requireSplit({ of, threshold }: Split): void {
  if (isSplit({ of, threshold })) return
  throw new SealwardError('usage', `a key is split into 2 to ${MOST_SHARES} shares, of which 2 or more make it again`, {
    hint: 'such as -n 5 -t 3: five shares, any three of them make the key',
  })
}

/** Whether there can be such a split. */
export function isSplit({ of, threshold }: Split): boolean {
  return Number.isInteger(of) && Number.isInteger(threshold) && threshold >= 2 && threshold <= of && of <= MOST_SHARES
}
