import type { Origin } from '../../../core/finding.ts'

/** The ports of the scanner: where it looks. Listing and reading are apart, so that threads can share the reading of one list. */

/** Where a text is. Plain data: it can be handed to a worker. */
export interface ScanPlace {
  readonly kind: 'place'
  /** With '/' separators, as it is shown. */
  readonly path: string
  /** The name's bytes, where they are not UTF-8 and `path` cannot name the file. */
  readonly rawPath?: Uint8Array
  /** The id of the git object that holds it; absent for a file on disk. */
  readonly id?: string
  /** A symbolic link: its content is a path. */
  readonly link?: boolean
  readonly origin?: Origin
  /** The ids of what this replaces: a finding that is in one of them too is not new. Holds `id` itself when only the name is new. */
  readonly before?: readonly string[]
}

/** What was selected and is not looked at, or not whole. `path` is '.' when it is about the repository. */
export interface Unread {
  readonly kind: 'unread'
  readonly path: string
  readonly why: string
}

/** Everything listed before this is one part of the work. */
export interface ScanMark {
  readonly kind: 'mark'
  /** Commits so far, of how many. */
  readonly done: number
  readonly total: number
  /** To be kept once all that was listed before it has been looked at; the next scan goes on from there. */
  readonly cursor?: string
}

export type ScanStep = ScanPlace | Unread | ScanMark

/** A list of texts, in a stable order. Reads names and ids only, no content. */
export interface ScanSource {
  /** What is listed, in the plural: `staged files`, `files`, `versions of files`, `commit messages`. */
  readonly what: string
  /** @throws SealwardError git, not-found, usage or limit */
  steps(): AsyncIterable<ScanStep>
  /**
   * The rest of the list, behind what was listed before the mark that has this cursor. Absent where a list always begins anew.
   *
   * @returns null when the repository is not what it was then, so that old answers and new ones do not make one
   * @throws SealwardError git
   */
  from?(cursor: string): Promise<ScanSource | null>
}

/** One text. `bytes` is valid until the next one is asked for: its memory is used again. */
export interface ScanItem {
  readonly kind: 'item'
  readonly place: ScanPlace
  readonly bytes: Uint8Array
  /** Of the whole text: with more than `bytes.length`, the rest was not read. */
  readonly size: number
  /** The line that `bytes` begins with, from 1; absent at the beginning. */
  readonly line?: number
  /** So many bytes at the beginning were at the end of the item before, so that nothing is cut in two. */
  readonly repeated?: number
  /** Of a file in an archive: the archive's place, which is what a reader can be asked for, and the file's name in it. */
  readonly archived?: { readonly archive: ScanPlace; readonly name: string }
}

export interface PlaceReader {
  /** Answers in the order of `places`: one answer each, none for a file that is gone, and for an
   * archive that is opened one for each file in it. Call again after the one before has ended. */
  read(places: Iterable<ScanPlace> | AsyncIterable<ScanPlace>): AsyncIterable<ScanItem | Unread>
  close(): void
}
