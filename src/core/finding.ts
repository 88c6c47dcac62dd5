import type { Confidence, Severity } from './scan/tokens/token-rule.ts'

/** What is wrong at one place, as data: `verify`, `scan` and the hooks make them, `core/report` turns them into words. */
export interface Finding {
  /** Stable across releases; the name to use in an allowance. One of `FindingRule`, or the id of a rule of the scanner. */
  readonly rule: string
  readonly file: string
  /** From 1. Absent when the whole file is meant. */
  readonly line?: number
  /** From 1, in bytes of the line. */
  readonly column?: number
  /** The variable it is about, as it may be shown. */
  readonly name?: string
  /** What it is, without the secret and without any part of it. */
  readonly message: string
  /** The one command or step that mends it. */
  readonly fix?: string
  /** How much damage it does; absent where a rule does not say. */
  readonly severity?: Severity
  /** How sure it is that this is a secret; absent where there is no doubt. */
  readonly confidence?: Confidence
  /** The public beginning of a token (`ghp_`), which may be shown. */
  readonly preview?: string
  /** Why, for `--explain`. They hold nothing of the secret. */
  readonly reasons?: readonly string[]
  /** Where in history it was found; absent for the present. */
  readonly origin?: Origin
  /** What its issuer says; absent where nobody asked, or there is nobody to ask. */
  readonly verified?: Verified
}

/** Whether a secret works, as its issuer says; `unknown` for no answer, or one that says something else. */
export type Verified = 'live' | 'dead' | 'unknown'

/** The commit that brought a finding. */
export interface Origin {
  /** Its full id, or what stands for one: `stash@{0}`. */
  readonly commit: string
  readonly author?: string
  /** ISO 8601. */
  readonly date?: string
  /** One of the commits that were asked about, and not of history: the hooks should have seen it, and would have refused this. */
  readonly recent?: true
  /** The file has this content still, so its lines are those of now. */
  readonly current?: true
}

/** The rules that are Sealward's own, beside those of the scanner. */
export type FindingRule =
  | 'plaintext-dotenv' // a .env that is not encrypted
  | 'plaintext-value' // an encrypted file with a value that is not
  | 'private-key' // PEM, OpenSSH, PGP, age identity
  | 'malformed' // an encrypted file that cannot be read
  | 'not-encrypted' // a file that was expected to be encrypted and is not
  | 'name-denied' // a variable that can take over a process
  | 'signature' // an encrypted file without a good signature, where one was asked for
  | 'rule-weak' // an encryption rule that lets values through
  | 'not-in-policy' // an encrypted file that somebody can open whom sealward.yml does not know
  | 'recipients-differ' // an encrypted file that is for others than sealward.yml says
  | 'sops-config-differs' // an encrypted file for which .sops.yaml names others than sealward.yml
  | 'fingerprints-stale' // an encrypted file that changed since its fingerprints were made
