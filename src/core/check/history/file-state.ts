import { extend, joinChains, type Link, type Moment } from './chain.ts'
import type { CommitTime } from './commit-dates.ts'
import { type Content, haveSameDataKey, type Version } from './version.ts'

/** What is known of one file at one commit. Commits that do not touch it share it. */
export interface FileState {
  /** The id of its content; null where it was removed. */
  readonly id: string | null
  /** Null where it was removed or cannot be read. */
  readonly version: Version | null
  /** Also of variables that were removed: one that comes back unchanged is as old as it was. */
  readonly variables: ReadonlyMap<string, Link>
  readonly recipients: ReadonlyMap<string, Since>
  readonly dataKey: Since
  readonly first: Since
  /** Since when nobody could read it; null for a file that can be read. */
  readonly blindSince: number | null
}

/** A moment since which something is so; without `isExact` it is so for at least that long. */
export interface Since {
  readonly commit: CommitTime
  readonly isExact: boolean
}

/** A commit that has a new content at a path, or a merge. */
export interface Step {
  readonly id: string | null
  readonly version: Version | null
  readonly commit: CommitTime
  /** A shallow clone ends at this commit. */
  readonly isCut: boolean
}

/** @param parents what the parents have of the file, each once; empty for a file that is new */
export function nextState(parents: readonly FileState[], step: Step): FileState {
  const blindSince = blindnessOf(parents, step)
  const now: Since = { commit: step.commit, isExact: step.commit.isExact && blindSince === null }
  const first = oldest(parents.map((parent) => parent.first)) ?? now
  const kept = { id: step.id, first, variables: lastOf(parents), dataKey: parents[0]?.dataKey ?? now }
  if (step.id === null) return { ...kept, version: null, recipients: new Map(), blindSince: null }
  if (step.version === null)
    return {
      ...kept,
      version: null,
      recipients: parents[0]?.recipients ?? new Map(),
      blindSince: blindSince ?? step.commit.time,
    }
  const { version } = step
  return {
    ...{ id: step.id, version, first, blindSince: null },
    variables: variablesOf(parents, version, { commit: step.commit, blindSince }),
    recipients: new Map(
      version.recipients.map((name) => [name, oldest(parents.map(({ recipients }) => recipients.get(name))) ?? now]),
    ),
    dataKey: oldest(parents.map((parent) => (hasDataKeyOf(parent, version) ? parent.dataKey : undefined))) ?? now,
  }
}

function variablesOf(parents: readonly FileState[], version: Version, moment: Moment): ReadonlyMap<string, Link> {
  const variables = lastOf(parents)
  for (const [name, content] of version.values) variables.set(name, linkOf(parents, { name, content }, moment))
  return variables
}

/** What the parents had last for each variable; where they differ, what the first one had. */
function lastOf(parents: readonly FileState[]): Map<string, Link> {
  return new Map(parents.toReversed().flatMap((parent) => [...parent.variables]))
}

function linkOf(
  parents: readonly FileState[],
  { name, content }: { readonly name: string; readonly content: Content },
  moment: Moment,
): Link {
  const links = parents.map(({ variables }) => variables.get(name)).filter((link) => link !== undefined)
  const [only = null] = links
  return links.length > 1 ? joinChains(links, content, moment) : extend(only, content, moment)
}

function blindnessOf(parents: readonly FileState[], { isCut }: Step): number | null {
  if (isCut) return Number.NEGATIVE_INFINITY
  const times = parents.map(({ blindSince }) => blindSince).filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

function hasDataKeyOf({ version }: FileState, next: Version): boolean {
  return version !== null && haveSameDataKey(version, next)
}

/** Of two that are equally old, the one that is no more than a bound is said. */
export function oldest(candidates: readonly (Since | undefined)[]): Since | undefined {
  const known = candidates.filter((since) => since !== undefined)
  const [first] = known.toSorted((one, other) => one.commit.time - other.commit.time)
  return first === undefined ? undefined : { ...first, isExact: known.every(({ isExact }) => isExact) }
}
