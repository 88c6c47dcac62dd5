import type { Piece } from './piece.ts'

/** What was recognised. One kind has one file in this folder. */
export type ExpiryKind =
  | 'jwt'
  | 'paseto'
  | 'ssh-certificate'
  | 'openpgp'
  | 'azure-sas'
  | 's3-url'
  | 'gcs-url'
  | 'cloudfront-url'
  | 'credentials-json'
  | 'short-lived'

/** From when to when something works, as it says itself. */
export interface Life {
  /** When it began, or the end was last set; null where it does not say. */
  readonly notBefore: Date | null
  /** From then on it is refused; null: never, unless `lives` says otherwise. */
  readonly notAfter: Date | null
}

/** What a value says about its own end. No part of the value is in here. */
export interface Expiry extends Life {
  readonly kind: ExpiryKind
  /** With its article: `a JSON Web Token`. */
  readonly what: string
  /**
   * For a kind that has no business in a file that is kept, and does not say when it ends: how long it lives at most (`an hour`).
   * Null for all others.
   */
  readonly lives: string | null
  /** The one step that mends it. */
  readonly advice: string
}

/** Finds what one kind has in a text. Nobody's signature is checked: a date is read, and nothing is trusted for it. Never throws. */
export type ExpiryReader = (piece: Piece) => readonly Expiry[]
