/** The port of what is packed: zip, tar and gzip, and one in the other. */

/** Bounds of one archive with everything in it, so that no archive costs more than its reader wants to spend. */
export interface ArchiveBounds {
  /** Files in it, in all. */
  readonly entries: number
  /** So much of each file is read. */
  readonly entryBytes: number
  /** So much of an archive in it is unpacked. */
  readonly innerBytes: number
  /** Unpacked, in all. */
  readonly totalBytes: number
  /** Unpacked bytes to one packed byte, once 16 MiB are unpacked: less is no harm. */
  readonly ratio: number
  readonly milliseconds: number
}

/** A file in an archive. */
export interface ArchiveEntry {
  readonly kind: 'entry'
  /** As the archive has it, behind that of the archive it is in: `inner.zip!conf/.env`. Printed, never opened: it may hold anything. */
  readonly path: string
  /** The last part of `path`: the name within the innermost archive. */
  readonly name: string
  /** A symbolic link: `bytes` is where it leads. */
  readonly link?: true
  readonly bytes: Uint8Array
  /** Of the whole file, as far as it is known: with more than `bytes.length`, the rest was not read. */
  readonly size: number
}

/** What was not looked at, or not whole. `path` is '' for the archive itself. */
export interface ArchiveCut {
  readonly kind: 'cut'
  readonly path: string
  readonly why: string
}

export interface Archives {
  /**
   * Never throws on what is in the bytes: it says what it could not read. Of what is no archive it gives nothing.
   *
   * @param name of the archive: the file in `dump.sql.gz` is called `dump.sql`
   */
  read(bytes: Uint8Array, name: string): AsyncIterable<ArchiveEntry | ArchiveCut>
}
