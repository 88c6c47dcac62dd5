import type { HistoryCommit } from '../check/history/commit.ts'
import { settleTimes } from '../check/history/commit-dates.ts'
import type { Version } from '../check/history/version.ts'
import { originKey, type RecordedHistory } from '../check/secrets/value-age.ts'

/** A content of a file, and when it was the newest one of some branch. */
export interface Revision {
  /** What the file is called now, or was at last. */
  readonly file: string
  readonly version: Version
  readonly from: Date
  /** False where it may have been there earlier: a shallow clone ends here, or a clock was wrong. */
  readonly isExact: boolean
  /** When the last branch went on to another; null for one that is there still. */
  readonly until: Date | null
}

/** Until is settled while history is walked. */
type Open = { -readonly [K in keyof Revision]: Revision[K] }

/**
 * Every content that the files had in history, with its time. On one branch a content may have been replaced long before it was on another:
 * it counts until the last of them. One that cannot be read, because it has conflict markers say, leaves the one before it in place.
 */
export function revisionsOf(history: RecordedHistory, now: Date): readonly Revision[] {
  const times = settleTimes(history.commits, now).of
  const names = currentNames(history)
  const nameOf = (path: string) => names.get(path) ?? path
  const files = new Set(history.commits.flatMap(({ changes }) => changes.map(({ path }) => nameOf(path))))
  const touching = byFile(history.commits, nameOf)
  return [...files].flatMap((file) => {
    const walk = new Walk(file, history.versions)
    for (const commit of history.commits) {
      const { time, isExact } = times.get(commit.id)!
      walk.step(commit, { ids: touching.get(file)?.get(commit.id) ?? null, at: new Date(time), isExact })
    }
    return walk.end()
  })
}

interface Moment {
  /** What the commit makes of the file, null for its removal; null altogether where it does not touch it. */
  readonly ids: readonly (string | null)[] | null
  readonly at: Date
  readonly isExact: boolean
}

/** One file, commit by commit: which contents are the newest ones on the way to each. */
class Walk {
  readonly #file: string
  readonly #versions: ReadonlyMap<string, Version>
  readonly #reached = new Map<string, ReadonlySet<Open>>()
  readonly #all: Open[] = []
  #last: ReadonlySet<Open> = new Set()

  constructor(file: string, versions: ReadonlyMap<string, Version>) {
    this.#file = file
    this.#versions = versions
  }

  step({ id, parents, isCut }: HistoryCommit, moment: Moment): void {
    const [only] = parents
    const before =
      parents.length === 1
        ? (this.#reached.get(only!) ?? new Set<Open>())
        : new Set(parents.flatMap((parent) => [...(this.#reached.get(parent) ?? [])]))
    this.#last = moment.ids === null ? before : this.#replace(before, moment.ids, { ...moment, isCut })
    this.#reached.set(id, this.#last)
  }

  end(): readonly Revision[] {
    for (const revision of this.#last) revision.until = null
    return this.#all
  }

  #replace(
    before: ReadonlySet<Open>,
    ids: readonly (string | null)[],
    { at, isExact, isCut }: { readonly at: Date; readonly isExact: boolean; readonly isCut: boolean },
  ): ReadonlySet<Open> {
    const id = ids.find((one) => one !== null)
    const version = this.#versions.get(id ?? '')
    if (id !== undefined && version === undefined) return before
    for (const revision of before) if (revision.until === null || revision.until < at) revision.until = at
    if (version === undefined) return new Set()
    const fresh: Open = { file: this.#file, version, from: at, isExact: isExact && !isCut, until: null }
    this.#all.push(fresh)
    return new Set([fresh])
  }
}

/** What each old name became. */
function currentNames({ commits, origins }: RecordedHistory): ReadonlyMap<string, string> {
  const next = new Map<string, string>()
  for (const { id, changes } of commits)
    for (const { path } of changes) {
      const origin = origins.get(originKey(id, path))
      if (origin !== undefined && origin !== path) next.set(origin, path)
    }
  return new Map([...next.keys()].map((path) => [path, follow(path, next)]))
}

function follow(path: string, next: ReadonlyMap<string, string>): string {
  const seen = new Set([path])
  for (let at = path; ; ) {
    const to = next.get(at)
    // A file that was renamed and back again is called what it was.
    if (to === undefined || seen.has(to)) return at
    seen.add(to)
    at = to
  }
}

function byFile(commits: readonly HistoryCommit[], nameOf: (path: string) => string) {
  const files = new Map<string, Map<string, (string | null)[]>>()
  for (const { id, changes } of commits)
    for (const { path, id: blob } of changes) {
      const file = nameOf(path)
      const own = files.get(file) ?? new Map<string, (string | null)[]>()
      own.set(id, [...(own.get(id) ?? []), blob])
      files.set(file, own)
    }
  return files
}
