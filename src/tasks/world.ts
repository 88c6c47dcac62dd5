/**
 * The ports: what tasks need of the outside, each with one to three methods. Adapters implement them, faces hand them over, tests
 * give fakes. A port lives here because its callers do.
 */

import type { Filter } from '../core/redact/filter.ts'
import type { Secret } from '../core/secret.ts'

/** Files by path. Writing is atomic: a reader sees the old content or the new, never a part. */
export interface Files {
  /** @returns null when there is no such file; throws SealwardError `limit` past `maxBytes`, `io` when it cannot be read */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>
  /** `mode` is 0o600 for plaintext and keys; `exists: 'refuse'` throws SealwardError `exists`. */
  write(path: string, bytes: Uint8Array, how: WriteOptions): Promise<void>
  /** Runs `work` while no other Sealward process may write `path`; throws SealwardError `locked` after a wait. */
  locked<T>(path: string, work: () => Promise<T>): Promise<T>
}

export interface WriteOptions {
  readonly mode?: number
  readonly exists?: 'replace' | 'refuse'
  /** Makes the folders above it too, for the user alone. */
  readonly folders?: true
}

/** Paths below a folder, by glob, with '/' separators, sorted. Never follows links, never enters .git or node_modules. */
export interface Finder {
  find(globs: readonly string[]): Promise<string[]>
}

/** Configuration files above a path. */
export interface Configs {
  /** The first of `names` found in the path's folder or, failing that, in the nearest folder above; null when there is none. */
  nearest(names: readonly string[], path: string): Promise<NearestConfig | null>
}

export interface NearestConfig {
  readonly file: string
  readonly bytes: Uint8Array
  /** The path asked about, relative to the folder of `file`, with '/' separators. */
  readonly relative: string
}

export interface Clock {
  now(): Date
}

/** A place where an age identity may be. Reading is lazy, so that a key command runs only when it is needed. */
export interface KeyPlace {
  /** What users know it by: `SEALWARD_KEY`, `~/.config/sops/age/keys.txt`. Never its content. */
  readonly name: string
  /** @returns null when nothing is there */
  read(): Promise<KeyText | null>
}

export interface KeyText {
  readonly text: string
  readonly warning?: string
}

export interface Keys {
  places(): readonly KeyPlace[]
}

/** Passphrases of keys, from whatever or whoever knows them: a file, a command, the person at the terminal. */
export interface Passphrases {
  /**
   * @param what whose it is: a file, or the name of a place
   * @param attempt 0, then how often it was wrong
   * @returns null where nobody is there to say it, or to say another; throws SealwardError where it cannot be read
   */
  ask(what: string, attempt: number): Promise<Secret | null>
  /** The same for a new one, which a person says twice; throws SealwardError `usage` for none. */
  invent(what: string): Promise<Secret>
}

/** A child process that takes over this one's terminal. */
export interface Children {
  /**
   * With `openFilter`, both streams of the child go through a filter of their own.
   *
   * @returns the status to exit with: the child's own, or 128+n when signal n ended it; 126 and 127 when it cannot start
   */
  run(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    openFilter?: () => Filter,
  ): Promise<number>
}

/** This process's own standard input and output. */
export interface Pipe {
  /** Passes everything on through a filter, until the input ends or nobody reads on. */
  through(filter: Filter): Promise<void>
}

/** The user's editor on a temporary copy, which is gone afterwards whatever happens. */
export interface Editor {
  /** @returns the text as the user left it; throws SealwardError `editor` when the editor failed */
  edit(text: string): Promise<string>
}

/** Whether somebody asked this process to stop. What has begun is brought to where the next run can go on from it, then. */
export interface Stop {
  readonly asked: boolean
}

/** Words for the person who waits: warnings and progress. Never a secret. */
export interface Teller {
  warn(message: string): void
  note(message: string): void
}
