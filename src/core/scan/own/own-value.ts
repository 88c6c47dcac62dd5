/** A value of an encrypted file of this repository. Plain data: it can be handed to a thread. */
export interface OwnValue {
  /** The encrypted file, from the top of the repository. */
  readonly file: string
  readonly name: string
  readonly value: string
}

/** Where a form of a value stands in a text. */
export interface Sighting {
  readonly start: number
  readonly end: number
  /** The number of the value, in the order in which they were given. */
  readonly value: number
  /** In words: `as it is`, `as base64`. */
  readonly form: string
}
