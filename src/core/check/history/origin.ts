import type { PathBlob } from './commit.ts'
import { compareContents, type Version } from './version.ts'

/** A file in a commit, with what is in it. */
export interface PlacedVersion extends PathBlob {
  readonly version: Version
}

/** Below this share of common names, two files are not one. */
const LEAST_COMMON = 0.5

/**
 * Finds the old name of a file that a commit brought: git keeps no renames, and finds none where every line was encrypted anew.
 *
 * @param gone what the same commit took away
 * @returns the path of the one that is most alike: the same bytes, then common values, then common names and folders; or null
 */
export function findOrigin(born: PlacedVersion, gone: readonly PlacedVersion[]): string | null {
  let best: { readonly path: string; readonly score: number } | null = null
  for (const candidate of gone) {
    const score = likeness(born, candidate)
    if (score > (best?.score ?? 0)) best = { path: candidate.path, score }
  }
  return best?.path ?? null
}

/** The plaintext file that a name stands beside: `.env` for `.env.encrypted`. Null for other names. */
export function plainNameOf(path: string): string | null {
  return /^(.*[^/])\.(?:encrypted|enc)$/s.exec(path)?.[1] ?? null
}

/** 0 for two files that have nothing to do with each other; each kind of likeness counts for more than all below it. */
function likeness(one: PlacedVersion, other: PlacedVersion): number {
  if (one.id === other.id) return 4
  const names = [...one.version.values.keys()].filter((name) => other.version.values.has(name))
  const union = one.version.values.size + other.version.values.size - names.length
  const same = names.filter(
    (name) => compareContents(one.version.values.get(name)!, other.version.values.get(name)!) === 'same',
  )
  if (same.length > 0) return 2 + same.length / union
  const common = union === 0 ? 0 : names.length / union
  return common >= LEAST_COMMON ? common + commonParts(one.path, other.path) : 0
}

/** The share of equal parts of two paths, below 1. */
function commonParts(one: string, other: string): number {
  const parts = one.split('/')
  const others = new Set(other.split('/'))
  return parts.filter((part) => others.has(part)).length / (parts.length + others.size)
}
