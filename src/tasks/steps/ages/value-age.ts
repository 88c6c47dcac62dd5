import { type Identity, parseIdentities } from '../../../core/age/identity.ts'
import type { HistoryCommit } from '../../../core/check/history/commit.ts'
import { findOrigin, type PlacedVersion, plainNameOf } from '../../../core/check/history/origin.ts'
import type { CheckNote } from '../../../core/check/judged.ts'
import { type Ages, ageFiles, originKey, UNCOMMITTED } from '../../../core/check/secrets/value-age.ts'
import type { Quotes } from '../../../core/envelope/decrypt.ts'
import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import { idOf } from '../../../core/trust/git-object.ts'
import type { FileHistory, FollowedHistory } from '../../world/git/history.ts'
import type { Keys } from '../../world.ts'
import { openVersionReader, type VersionReader, type WantedVersion } from './version-reader.ts'

/** An encrypted file whose values are asked about. */
export interface AgedFile {
  /** From the top of the repository, with '/' separators. */
  readonly path: string
  /** As it is on disk: what is not committed yet counts as changed now. */
  readonly bytes: Uint8Array
  readonly quotes: Quotes
}

export interface AgesRequest {
  readonly files: readonly AgedFile[]
  readonly now: Date
}

export interface AgesWorld {
  readonly history: FileHistory
  /** Null: nothing is opened, and ciphertext lines give bounds. */
  readonly keys: Keys | null
}

export interface AgesOutcome {
  readonly ages: Ages
  readonly notes: readonly CheckNote[]
}

/** A file may have had so many names, one after the other. */
const MOST_NAMES = 8

/**
 * Since when every variable of encrypted files has its value, and since when every recipient is in them, by git history. Each content is
 * opened once; values are compared in memory.
 *
 * Without git, or outside of a repository, nothing is known but that the values are here now, and a note says so.
 */
export async function ageValues({ files, now }: AgesRequest, world: AgesWorld): Promise<AgesOutcome> {
  const notes: CheckNote[] = []
  const identities = world.keys === null ? [] : await readIdentities(world.keys, notes)
  const reader = openVersionReader(world.history, identities)
  const { history, origins } = await followAll(files, { history: world.history, reader, notes })
  const commits = await withWorkingTree(files, { history, reader, now })
  const paths = files.map(({ path }) => path)
  const ages = ageFiles({ commits, versions: reader.versions, origins }, paths, now)
  return { ages, notes: [...notes, ...remarksOf(history, reader, ages)] }
}

interface Following {
  readonly history: FileHistory
  readonly reader: VersionReader
  readonly notes: CheckNote[]
}

/** Follows the files back through their old names: each round asks for the names that the one before found. */
export async function followAll(files: readonly Omit<AgedFile, 'bytes'>[], { history, reader, notes }: Following) {
  const quotes = new Map(
    files.flatMap(({ path, quotes }) => withPlainName(path).map((name) => [name, quotes] as const)),
  )
  const origins = new Map<string, string>()
  let followed: FollowedHistory | null = null
  if (files.length === 0) return { history: followed, origins }
  for (let round = 0; round < MOST_NAMES; round += 1) {
    const found = await followOrSay([...quotes.keys()], history, notes)
    if (found === null) break
    followed = found
    await reader.read(wantedOf(followed, quotes))
    const before = quotes.size
    for (const { commit, born, origin } of originsIn(followed, reader)) {
      origins.set(originKey(commit, born), origin)
      for (const name of withPlainName(origin)) if (!quotes.has(name)) quotes.set(name, quotes.get(born) ?? 'literal')
    }
    if (quotes.size === before) break
  }
  return { history: followed, origins }
}

async function followOrSay(paths: readonly string[], history: FileHistory, notes: CheckNote[]) {
  try {
    return await history.follow(paths)
  } catch (error) {
    if (!(error instanceof SealwardError && error.code === 'git')) throw error
    notes.push({
      message: `history cannot be read, so the age of values is not known: ${error.message}`,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    })
    return null
  }
}

/** The newest first: where one run may not read everything, what is old stays unread. */
function wantedOf({ commits }: FollowedHistory, quotes: ReadonlyMap<string, Quotes>): WantedVersion[] {
  return commits
    .toReversed()
    .flatMap(({ changes, gone }) =>
      [...changes, ...gone].flatMap(({ id, path }) =>
        id === null ? [] : [{ id, quotes: quotes.get(path) ?? 'literal' }],
      ),
    )
}

function originsIn({ commits }: FollowedHistory, { versions }: VersionReader) {
  return commits.flatMap((commit) =>
    commit.changes.flatMap(({ path, id, isNew }) => {
      const born = isNew && id !== null ? placed(path, id) : null
      const origin = born === null ? null : findOrigin(born, candidatesOf(commit))
      return origin === null ? [] : [{ commit: commit.id, born: path, origin }]
    }),
  )

  function candidatesOf({ gone }: HistoryCommit): PlacedVersion[] {
    return gone.map(({ path, id }) => placed(path, id)).filter((candidate) => candidate !== null)
  }

  function placed(path: string, id: string): PlacedVersion | null {
    const version = versions.get(id)
    return version === undefined ? null : { path, id, version }
  }
}

/** What is on disk, as a commit of its own where the last one has something else. */
export async function withWorkingTree(
  files: readonly AgedFile[],
  { history, reader, now }: { history: FollowedHistory | null; reader: VersionReader; now: Date },
): Promise<readonly HistoryCommit[]> {
  const commits = history?.commits ?? []
  const known = new Set(commits.flatMap(({ changes }) => changes.map(({ path }) => path)))
  const changes = files.map(({ path, bytes, quotes }) => {
    const id = idOf('blob', bytes, commits[0]?.id ?? '')
    return { path, id, isNew: !known.has(path), bytes, quotes }
  })
  for (const { id, quotes, bytes } of changes) if (!reader.versions.has(id)) await reader.take({ id, quotes }, bytes)
  const last = commits.at(-1)
  const parents = last === undefined ? [] : [last.id]
  return [...commits, { id: UNCOMMITTED, parents, date: now, isCut: history === null, changes, gone: [] }]
}

/** Every identity at hand. A place that cannot be read is told of in a note. */
export async function readIdentities(keys: Keys, notes: CheckNote[]): Promise<Identity[]> {
  const identities: Identity[] = []
  for (const place of keys.places()) {
    try {
      const found = await place.read()
      if (found?.warning !== undefined) notes.push({ message: `${place.name}: ${found.warning}` })
      if (found !== null) identities.push(...parseIdentities(found.text).identities)
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      notes.push({
        message: `${place.name}: ${error.message}`,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      })
    }
  }
  return identities
}

function remarksOf(history: FollowedHistory | null, { counts }: VersionReader, { times }: Ages): CheckNote[] {
  const notes: CheckNote[] = []
  const say = (message: string, hint: string) => void notes.push({ message, hint })
  if (history?.isShallow)
    say(
      'this is a shallow clone: what did not change in the commits that are here may be older than is said',
      'give actions/checkout fetch-depth: 0; elsewhere, git fetch --unshallow',
    )
  if (counts.missing > 0)
    say(
      `not in this clone, or more than is read in one run: ${amount(counts.missing, 'older version')} of files; ages are bounds there`,
      'give actions/checkout no filter; elsewhere, git fetch --refetch --no-filter',
    )
  if (counts.sealed > 0)
    say(
      `not opened: ${amount(counts.sealed, 'version')} of files; there, ages are bounds by their encrypted lines`,
      'give a key that opens them; after a new data key, lines do not say which values changed',
    )
  if (times.future > 0)
    say(
      `dated in the future: ${amount(times.future, 'commit')}; each counts as made when the next one after it was`,
      'set the clock of the machine that made them',
    )
  if (times.backwards > 0)
    say(
      `dated more than a day before the parent: ${amount(times.backwards, 'commit')}; each counts as made when that was`,
      'a clock was wrong, or commits were moved with their old dates',
    )
  return notes
}

function withPlainName(path: string): string[] {
  const plain = plainNameOf(path)
  return plain === null ? [path] : [path, plain]
}
