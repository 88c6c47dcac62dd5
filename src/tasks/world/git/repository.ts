import type { HookName } from '../../../core/hook-name.ts'
import type { MessageSettings } from '../../../core/message/clean-up.ts'
import type { ManagerName } from '../../../core/report/hook-snippet.ts'

/** The ports of git: what the hook and the commands round it need of a repository. Paths are from its top, with '/' separators. */

/** A file at one moment: where it was and the id of its content. */
export interface Version {
  readonly path: string
  readonly id: string
  /** A symbolic link: its content is a path. */
  readonly link: boolean
}

/** A path whose content a commit adds or replaces. `before` is the id of what HEAD has there. */
export interface Change extends Version {
  readonly before: string | null
}

/** `bytes` is null when git has no such object, and shorter than `size` when the rest was not read. */
export interface StoredBlob {
  readonly name: string
  readonly bytes: Uint8Array | null
  readonly size: number
}

/** The index, against HEAD. Submodules do not count. */
export interface Staged {
  changes(): Promise<{ readonly changed: readonly Change[]; readonly removed: readonly Version[] }>
  /** Everything in the index. */
  tracked(): Promise<readonly Version[]>
  /** Contents in the order of `names`: ids, or `:path` for what the index has at a path. */
  read(names: readonly string[]): AsyncIterable<StoredBlob>
}

/** The message of a commit that is about to be made. */
export interface CommitMessage {
  /** Whether somebody had it in an editor. */
  readonly edited: boolean
  /** At most 8 MiB of it. @throws SealwardError not-found or io */
  read(file: string): Promise<{ readonly bytes: Uint8Array; readonly size: number }>
  /** @throws SealwardError git */
  settings(): Promise<Omit<MessageSettings, 'edited'>>
}

/** The index, to be changed. */
export interface Index {
  /** Stages a file as it is on disk, also one that is ignored. */
  add(path: string): Promise<void>
  /** Takes a file out of the index. On disk it stays. */
  remove(path: string): Promise<void>
  /** Whether the file on disk is not what the index has. False for a file that the index does not have. */
  differs(path: string): Promise<boolean>
}

export interface Ignored {
  /** Whether a pattern has git leave the path alone, be it tracked or not. */
  ignores(path: string): Promise<boolean>
}

/** Whether something that nobody else may read would get into a commit. */
export interface Exposure {
  /** Whether `git add --all` would take the file along, be it there already or not. @throws SealwardError not-found for its folder */
  wouldTake(path: string): Promise<boolean>
}

/** A program that owns a repository's hooks, and a file of it. */
export interface HookManager {
  readonly name: ManagerName
  readonly file: string
  /** The hooks that this file is for. */
  readonly hooks: readonly HookName[]
  /** Those for which it names sealward already. */
  readonly wired: readonly HookName[]
}

/** Where git looks for this repository's hooks. */
export interface HookPlace {
  readonly folder: string
  /** Where the hooks keep what makes them start quicker. Nothing is lost with it. */
  readonly kept: string
  /** False when `core.hooksPath` leads out of the repository: such a folder serves other repositories too. */
  readonly own: boolean
  readonly managers: readonly HookManager[]
}

export interface HookPlaces {
  look(): Promise<HookPlace>
}

/** The files of the folder of hooks, by name. Each is changed in one step, so that no commit meets half a hook. */
export interface HookFiles {
  /** @returns the first 64 KiB, one character a byte; null when there is none */
  read(name: string): Promise<string | null>
  /** Writes an executable file; null removes it. */
  write(name: string, text: string | null): Promise<void>
  /** Gives a file another name. It stays the same file: its bytes, its mode, what it links to. */
  move(from: string, to: string): Promise<void>
  /** Takes away what the hooks have kept to start quicker. */
  forget(): Promise<void>
}

/** Files as git has them elsewhere than on disk. */
export interface StoredFiles {
  /** @returns null when that commit has no such file; throws SealwardError not-found when there is no such commit */
  at(revision: string, path: string): Promise<Uint8Array | null>
  /** The three versions of a path with a conflict, each null where that side has none. Null for a path without one. */
  conflicted(path: string): Promise<Conflicted | null>
}

export interface Conflicted {
  readonly base: Uint8Array | null
  readonly ours: Uint8Array | null
  readonly theirs: Uint8Array | null
}

/** How this clone shows differences. */
export interface DiffSettings {
  /** 32 bytes that never leave this clone: digests under them compare with one another, and tell nobody else anything. */
  key(): Promise<Uint8Array>
  /** Whether its user wants to see values: `git config sealward.reveal true`. */
  reveals(): Promise<boolean>
}

/** Plaintexts of merges that wait for a person: out of the working tree, in memory where the platform has such a place, for one user alone. */
export interface Unsettled {
  /** Keeps a text in place of an older one. @returns the path that the person can open */
  keep(file: string, text: string): Promise<string>
  /** @returns null when there is none, or none any more */
  find(file: string): Promise<{ readonly place: string; readonly text: string } | null>
  /** Takes one away; with null all of this working tree. */
  drop(file: string | null): Promise<void>
}

/** The repository's own git settings, and its private list of attributes. */
export interface GitSettings {
  /** @returns null for a setting that is not there */
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  /** Nothing happens where the section is not there. */
  removeSection(name: string): Promise<void>
  /** `info/attributes`, which all working trees share and nobody commits. */
  readAttributes(): Promise<string>
  writeAttributes(text: string): Promise<void>
}
