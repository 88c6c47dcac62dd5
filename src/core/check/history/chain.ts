import type { CommitTime } from './commit-dates.ts'
import { type Content, compareContents } from './version.ts'

/**
 * The contents that a variable had one after the other, newest first. A link is a content that is not known to be the one before it.
 * Each is shared by all commits that have it, and never changed.
 */
export interface Link {
  readonly content: Content
  /** The commit that brought it: the value is at least that old. */
  readonly brought: CommitTime
  /** It was brought at this time or later, however the parents of merges are taken. */
  readonly floor: number
  readonly previous: Link | null
}

/** A moment in history. */
export interface Moment {
  readonly commit: CommitTime
  /** Since when nobody could read the file: what is new now may have come since then. `-Infinity` where a shallow clone ends. */
  readonly blindSince: number | null
}

/** What is known of when a value came. */
export interface Span {
  /** It came here, or earlier. */
  readonly latest: CommitTime
  /** It came then, or later; `-Infinity` for nobody knows. The same as that of `latest` where it is known. */
  readonly earliest: number
  /** The time at which it was there for the first time, where it went and came back. */
  readonly before: number | null
}

/** Adds what a commit has to what its parent had. Of a variable that was removed, the parent has its last content. */
export function extend(chain: Link | null, content: Content, { commit, blindSince }: Moment): Link {
  if (chain !== null && compareContents(chain.content, content) === 'same')
    return { ...chain, content: { ...content, value: content.value ?? chain.content.value } }
  return { content, brought: commit, floor: blindSince ?? commit.time, previous: chain }
}

/**
 * Joins what the parents of a merge had. A value that one of them has is as old as there, the oldest one counts; and where another
 * parent may have had it longer, the bound says so.
 *
 * @param chains one or more
 */
export function joinChains(chains: readonly Link[], content: Content, moment: Moment): Link {
  const all = chains.map((chain) => ({
    likeness: compareContents(chain.content, content),
    link: extend(chain, content, moment),
  }))
  const possible = all.filter(({ likeness }) => likeness !== 'changed').map(({ link }) => link)
  const same = all.filter(({ likeness }) => likeness === 'same').map(({ link }) => link)
  const oldest = same.reduce<Link | null>(older, null)
  const base = oldest ?? possible[0] ?? all[0]!.link
  return { ...base, floor: Math.min(base.floor, ...possible.map(earliestOf)) }
}

export function spanOf(link: Link): Span {
  return { latest: link.brought, earliest: earliestOf(link), before: firstSeen(link) }
}

/** Back through everything that may be one value, until something is known to be another than what came after it. */
function earliestOf(link: Link): number {
  let { floor } = link
  let next = link
  for (let at = link.previous; at !== null; at = at.previous) {
    if (isOther(at, link) || isOther(at, next)) break
    floor = Math.min(floor, at.floor)
    next = at
  }
  return floor
}

function isOther(one: Link, other: Link): boolean {
  return compareContents(one.content, other.content) === 'changed'
}

function firstSeen({ content, brought, previous }: Link): number | null {
  let first: number | null = null
  for (let at = previous; at !== null; at = at.previous)
    if (compareContents(at.content, content) === 'same') first = at.brought.time
  return first !== null && first < brought.time ? first : null
}

function older(one: Link | null, other: Link): Link {
  return one !== null && one.brought.time <= other.brought.time ? one : other
}
