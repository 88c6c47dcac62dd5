import { bySequence } from './chain.ts'
import { type Entry, isEntry } from './entry.ts'
import type { AnyEvent, LedgerEvent } from './event.ts'
import type { LedgerLine } from './ledger-file.ts'
import { type LedgerProblem, short } from './problem.ts'
import { EMPTY_TREE, grow, isTree } from './tree/merkle.ts'
import type { Before } from './tree/sweep.ts'

/** What is moved, as lines, and what is written down of it. */
export interface ArchivePlan {
  readonly moved: readonly string[]
  readonly event: LedgerEvent<'archived'>
}

/**
 * Plans to move old entries away. They are cut where everything before leads to one entry, so that what stays follows from that one alone.
 *
 * @param lines a ledger without problems
 * @param earlier what an older archive holds, null where there is none
 * @returns null when there is nothing to move
 */
export function planArchive(lines: readonly LedgerLine[], until: Date, earlier: Before | null): ArchivePlan | null {
  const entries = lines.flatMap(({ read }) => (isEntry(read) ? [read] : [])).sort(bySequence)
  const count = cutOf(entries, until)
  const moved = entries.slice(0, count)
  const last = moved.at(-1)
  if (last === undefined) return null
  const ids = new Set(moved.map(({ id }) => id))
  const tree = grow(earlier?.tree ?? EMPTY_TREE, ids)
  const texts = new Map(lines.map(({ text, read }) => [read.id, text]))
  return {
    moved: moved.map(({ id }) => texts.get(id)!),
    event: {
      kind: 'archived',
      count: tree.size,
      first: earlier?.first ?? moved[0]!.id,
      last: last.id,
      through: last.seq,
      archive: `ledger-${last.seq}-${short(last.id)}.jsonl`,
      subtrees: tree.subtrees,
    },
  }
}

/** What is before the ledger, after its newest entry about an archive. */
export function beforeOf(entries: readonly Entry[]): Before | null {
  const newest = entries
    .filter(({ event }) => event.kind === 'archived')
    .sort(bySequence)
    .at(-1)
  if (newest === undefined) return null
  const { count, first, last, subtrees } = newest.event
  return { tree: { size: count!, subtrees: subtrees! }, first: first!, last: last! }
}

/** An archive that is at hand. */
export interface Archive {
  /** Its name within `.sealward`. */
  readonly name: string
  /** By number and id. */
  readonly entries: readonly Entry[]
}

/** The number of the last entry of an archive, by which archives are sorted; null for a file that is none. */
export function throughOf(name: string): number | null {
  const number = /^ledger-([0-9]{1,12})-[0-9a-f]{12}\.jsonl$/.exec(name)?.[1]
  return number === undefined ? null : Number(number)
}

/**
 * Whether an entry about archives can be true: they are of before it, and have as many subtrees as their number asks for. Where they are
 * elsewhere it is believed, and one that claims what comes after it would excuse anything.
 */
export function isPlausible({ seq, event }: Entry): boolean {
  return (
    event.through! < seq && event.count! >= event.through! && isTree({ size: event.count!, subtrees: event.subtrees! })
  )
}

/**
 * Holds archives against what an entry says of them: as many entries, the same ones, in all.
 *
 * @param archives the one that the entry is about, and all before it, oldest first
 */
export function judgeArchives(event: AnyEvent, archives: readonly Archive[]): LedgerProblem | null {
  const entries = archives.flatMap((archive) => archive.entries)
  const tree = grow(
    EMPTY_TREE,
    entries.map(({ id }) => id),
  )
  const claimed = { size: event.count!, subtrees: event.subtrees! }
  const isWhole =
    tree.size === claimed.size &&
    tree.subtrees.join() === claimed.subtrees.join() &&
    entries[0]?.id === event.first &&
    entries.at(-1)?.id === event.last
  if (isWhole) return null
  return {
    kind: 'archive',
    level: 'fault',
    file: `.sealward/${event.archive}`,
    message: `the archive is not what its entry says: ${entries.length} entries are there of ${claimed.size}, or others`,
    fix: 'restore it from git history',
  }
}

/** How many of them, from the first, can be moved: so many that what stays follows none of them but the last. */
function cutOf(entries: readonly Entry[], until: Date): number {
  const children = new Map<string, number>()
  for (const parent of entries.flatMap(({ parents }) => parents)) children.set(parent, (children.get(parent) ?? 0) + 1)
  const unfinished = new Set<string>()
  let count = 0
  for (const [at, { id, parents, time }] of entries.entries()) {
    if (time.getTime() >= until.getTime()) break
    for (const parent of parents) {
      const left = children.get(parent)! - 1
      children.set(parent, left)
      if (left === 0) unfinished.delete(parent)
    }
    unfinished.add(id)
    if (unfinished.size === 1) count = at + 1
  }
  return count
}
