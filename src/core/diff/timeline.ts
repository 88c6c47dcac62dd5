import type { HistoryCommit } from '../check/history/commit.ts'
import type { Content, Version } from '../check/history/version.ts'
import { originKey, type RecordedHistory } from '../check/secrets/value-age.ts'
import { compareVariable, type VariableChange } from './compare.ts'

/** A commit in which a variable became something else. */
export interface TimelineEntry {
  readonly commit: string
  readonly date: Date
  /** What the file was called then. */
  readonly path: string
  readonly change: VariableChange
}

/** What a commit has at followed paths: the last version that could be read, null where the file is not. */
type Held = ReadonlyMap<string, Version | null>

/**
 * When a variable of a file changed, oldest first. A merge counts when it has what none of its parents had. Of a file that had another
 * name before, its old name counts too; a version that cannot be read says nothing.
 */
export function timelineOf(name: string, path: string, history: RecordedHistory): TimelineEntry[] {
  const paths = namesOf(path, history)
  const held = new Map<string, Held>()
  const entries: TimelineEntry[] = []
  for (const commit of history.commits) {
    const parents = commit.parents.map((id) => held.get(id) ?? new Map<string, Version | null>())
    const here = new Map(parents[0])
    for (const { path: at, id } of commit.changes) {
      const version = id === null ? null : history.versions.get(id)
      if (version === undefined || !paths.has(at)) continue
      const before = parents.map((parent) => versionBefore(commit, { at, parent, history }))
      here.set(at, version)
      const change = changeOf(name, before, version)
      if (change !== null && !isMove(commit, { at, version, paths })) {
        entries.push({ commit: commit.id, date: commit.date, path: at, change })
      }
    }
    held.set(commit.id, here)
  }
  return entries
}

/** The old name of a file goes in the commit that brings the new one: that takes nothing away. */
function isMove(
  commit: HistoryCommit,
  { at, version, paths }: { at: string; version: Version | null; paths: ReadonlySet<string> },
): boolean {
  return version === null && commit.changes.some((other) => other.isNew && other.path !== at && paths.has(other.path))
}

function namesOf(path: string, { commits, origins }: RecordedHistory): Set<string> {
  const names = new Set([path])
  for (const { id, changes } of commits.toReversed())
    for (const { path: born } of changes) {
      const origin = names.has(born) ? origins.get(originKey(id, born)) : undefined
      if (origin !== undefined) names.add(origin)
    }
  return names
}

function versionBefore(
  { id }: HistoryCommit,
  { at, parent, history }: { at: string; parent: Held; history: RecordedHistory },
): Version | null {
  const own = parent.get(at)
  if (own !== undefined && own !== null) return own
  return parent.get(history.origins.get(originKey(id, at)) ?? at) ?? null
}

/** @returns null where a parent has the same */
function changeOf(name: string, before: readonly (Version | null)[], after: Version | null): VariableChange | null {
  const content = (version: Version | null): Content | null => version?.values.get(name) ?? null
  const changes = (before.length === 0 ? [null] : before).map((version) =>
    compareVariable(name, content(version), content(after)),
  )
  return changes.includes(null) ? null : changes[0]!
}
