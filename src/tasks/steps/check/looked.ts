import type { CheckNote, Judged } from '../../../core/check/judged.ts'
import type { Ages } from '../../../core/check/secrets/value-age.ts'
import type { OpenedFile, Quotes } from '../../../core/envelope/decrypt.ts'
import type { EncryptedFile } from '../../../core/envelope/file.ts'
import type { Policy } from '../../../core/policy/policy.ts'

/** An encrypted file that is asked about. */
export interface SealedFile {
  /** From the top of the repository, with '/' separators. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly quotes: Quotes
  readonly file: EncryptedFile
  /** Null where no key at hand opens it, or it is damaged. */
  readonly opened: OpenedFile | null
  /** That of the nearest sealward.yml, or one that says nothing. */
  readonly policy: Policy
  /** Relative to it. */
  readonly relative: string
  readonly environment: string | null
}

/** Everything that was looked at once, for all questions. */
export interface Looked {
  readonly files: readonly SealedFile[]
  /** Every file in question, encrypted or not. */
  readonly paths: readonly string[]
  /** Those of them that somebody named and that are not encrypted. */
  readonly named: readonly string[]
  /** Those of the files, and that of the top, each once. */
  readonly policies: readonly Policy[]
  readonly ages: Ages
  /** The only one in question; null for all. */
  readonly environment: string | null
  /** Whether only some files are in question: then nothing can be said of a policy as a whole. */
  readonly isPartial: boolean
  readonly now: Date
}

/** What the answer to one question brings. */
export interface Found {
  readonly judged: readonly Judged[]
  readonly notes: readonly CheckNote[]
}

/** @returns a path relative to the folder of a policy; null when it is not below it */
export function relativeToPolicy({ file }: Policy, path: string): string | null {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  return path.startsWith(folder) ? path.slice(folder.length) : null
}
