/** What is wrong at one place, as data: `verify` and the hooks make them, `core/report` turns them into words. */
export interface Finding {
  /** Stable across releases; the name to use in `hook.allow`. */
  readonly rule: FindingRule
  readonly file: string
  /** From 1. Absent when the whole file is meant. */
  readonly line?: number
  /** The variable it is about, as it may be shown. */
  readonly name?: string
  /** What it is, without the secret and without any part of it. */
  readonly message: string
  /** The one command or step that mends it. */
  readonly fix?: string
}

export type FindingRule =
  | 'plaintext-dotenv' // a .env that is not encrypted
  | 'plaintext-value' // an encrypted file with a value that is not
  | 'private-key' // PEM, OpenSSH, PGP, age identity
  | 'malformed' // an encrypted file that cannot be read
  | 'not-encrypted' // a file that was expected to be encrypted and is not
  | 'name-denied' // a variable that can take over a process
  | 'signature' // an encrypted file without a good signature, where one was asked for
  | 'rule-weak' // an encryption rule that lets values through
