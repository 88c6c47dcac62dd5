import { neededBy } from '../envelope/keys/key-groups.ts'
import type { Revision } from './revisions.ts'

/** That a key could open a file, without a break. */
export interface Grant {
  readonly file: string
  /** The recipient, as text. */
  readonly key: string
  readonly from: Date
  readonly isExact: boolean
  /** Null where it can today. */
  readonly until: Date | null
  /** How many other key groups have to come together with it, of how many there are; null where it opens the file alone. */
  readonly together: { readonly needed: number; readonly others: number } | null
}

/** A secret that somebody could read. */
export interface ReadableSecret {
  readonly file: string
  readonly name: string
  readonly since: Date
  readonly sinceIsExact: boolean
  /** Null where they can today. */
  readonly until: Date | null
}

/** A time that is asked about: both ends belong to it. */
export interface Window {
  readonly from: Date
  readonly to: Date
}

/** Who could open which file when. The same key in revisions that follow each other is one grant. */
export function grantsOf(revisions: readonly Revision[]): readonly Grant[] {
  const spans = new Map<string, Grant[]>()
  for (const { file, version, from, isExact, until } of revisions.toSorted(byTime))
    for (const key of new Set(version.recipients)) {
      const own = spans.get(`${file}\0${key}`) ?? []
      const last = own.at(-1)
      const together = togetherWith(key, version)
      const goesOn = last !== undefined && sameNeed(last.together, together)
      if (goesOn && (last.until === null || from <= last.until))
        own[own.length - 1] = { ...last, until: later(last.until, until) }
      else own.push({ file, key, from, isExact, until, together })
      spans.set(`${file}\0${key}`, own)
    }
  return [...spans.values()].flat()
}

function togetherWith(key: string, { keyGroups }: Revision['version']): Grant['together'] {
  const need = keyGroups === undefined ? null : neededBy(new Set([key]), keyGroups)
  return need === null || need.needed === 0 ? null : need
}

function sameNeed(one: Grant['together'], other: Grant['together']): boolean {
  return one?.needed === other?.needed && one?.others === other?.others
}

/** @returns the grants that held at some time of the window */
export function grantsIn<G extends Grant>(grants: readonly G[], { from, to }: Window): readonly G[] {
  return grants.filter((grant) => grant.from <= to && (grant.until === null || grant.until >= from))
}

/**
 * Everything encrypted that was in a revision which one of the keys opens, alone or with others, whether it is in a file today or not.
 * Plain values and files are not listed: those everybody can read.
 */
export function readableWith(keys: ReadonlySet<string>, revisions: readonly Revision[]): readonly ReadableSecret[] {
  const found = new Map<string, ReadableSecret>()
  for (const { file, version, from, isExact, until } of revisions.toSorted(byTime)) {
    if (!version.recipients.some((key) => keys.has(key))) continue
    for (const [name, { sealed }] of version.values) {
      if (sealed === null) continue
      const before = found.get(`${file}\0${name}`)
      found.set(
        `${file}\0${name}`,
        before === undefined
          ? { file, name, since: from, sinceIsExact: isExact, until }
          : { ...before, until: later(before.until, until) },
      )
    }
  }
  return [...found.values()]
}

function byTime(one: Revision, other: Revision): number {
  return one.from.getTime() - other.from.getTime()
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return null
  return one > other ? one : other
}
