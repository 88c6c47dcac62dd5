import type { Finding, FindingRule } from '../finding.ts'

/** A version of a file as git stores it, with its text as `visibleText` shows it. */
export interface Blob {
  /** From the top of the repository, with '/' separators. */
  readonly path: string
  /** The path as it is typed in a shell where the person stands; '' when it cannot be typed on one line. */
  readonly typed: string
  /** A symbolic link: the content is the path it leads to. */
  readonly link: boolean
  /** About to be committed. Elsewhere there is nothing to take out of the index. */
  readonly staged: boolean
  readonly bytes: Uint8Array
  readonly text: string
}

/** A finding and what it found: two hits with one fingerprint are the same secret, wherever it has moved to. */
export interface Hit {
  readonly finding: Finding
  /** A digest. It is compared and never shown: the digest of a weak secret can be guessed. */
  readonly fingerprint: string
  /** Where the secret stands in the visible text of the file; absent for a hit about the whole file. */
  readonly place?: { readonly start: number; readonly end: number }
}

/** One idea of what must not be committed. A new rule is one new file and one line in rules.ts. */
export interface ScanRule {
  /** The rules its findings can name, each with what it stops. docs/hooks.md has a line for each. */
  readonly finds: Readonly<Partial<Record<FindingRule, string>>>
  /** Linear in the size of the blob, and never throws on what is in it. */
  judge(blob: Blob): Promise<readonly Hit[]>
}
