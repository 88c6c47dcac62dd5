import { bySequence } from '../chain.ts'
import type { Entry } from '../entry.ts'
import { EMPTY_TREE, grow, rootOf, type Tree } from './merkle.ts'

/** Everything up to an entry: it, what it follows, what that follows. */
export interface Extent {
  readonly size: number
  /** Of the Merkle tree over it. */
  readonly root: string
  /** The id of the first. */
  readonly first: string
}

/** What was archived, as the entry about it has it. */
export interface Before {
  readonly tree: Tree
  readonly first: string
  readonly last: string
}

/**
 * Finds how much there is up to each of these entries, and the root of its tree.
 *
 * One pass serves all that have everything before them, which is the rule; one that stands in a branch is walked by itself.
 *
 * @param ordered everything that is at hand, in the order of `inOrder`
 * @param before what was before that; null where everything is at hand
 * @returns nothing for an entry that is not there, or whose past is not
 */
export function extentsOf(
  wanted: ReadonlySet<string>,
  ordered: readonly Entry[],
  before: Before | null,
): ReadonlyMap<string, Extent> {
  const first = before?.first ?? ordered[0]?.id ?? ''
  const found = new Map<string, Extent>()
  const open = new Set<string>()
  let tree = before?.tree ?? EMPTY_TREE
  let from = 0
  for (const [at, { id, parents }] of ordered.entries()) {
    for (const parent of parents) open.delete(parent)
    open.add(id)
    if (!wanted.has(id)) continue
    // With one end only, everything so far leads to it.
    if (open.size === 1) {
      tree = grow(tree, idsOf(ordered.slice(from, at + 1)))
      from = at + 1
      found.set(id, { size: tree.size, root: rootOf(tree), first })
    } else if (before === null) found.set(id, extentOfBranch(id, ordered))
  }
  return found
}

/**
 * The one order that counts, however lines were merged: what was archived as it was archived, then the rest by number and id. Parents
 * come before what follows them.
 */
export function inOrder(archived: readonly Entry[], entries: readonly Entry[]): Entry[] {
  const ids = new Set(archived.map(({ id }) => id))
  return [...archived, ...entries.filter(({ id }) => !ids.has(id)).sort(bySequence)]
}

/** The entries up to this one, in order. */
function pastOf(end: string, ordered: readonly Entry[]): Entry[] {
  const wanted = new Set([end])
  const past = ordered.toReversed().filter(({ id, parents }) => {
    if (!wanted.has(id)) return false
    for (const parent of parents) wanted.add(parent)
    return true
  })
  return past.reverse()
}

function extentOfBranch(end: string, ordered: readonly Entry[]): Extent {
  const past = pastOf(end, ordered)
  return { size: past.length, root: rootOf(grow(EMPTY_TREE, idsOf(past))), first: past[0]!.id }
}

function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ id }) => id)
}
