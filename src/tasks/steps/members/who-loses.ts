import { fingerprintOf } from '../../../core/ledger/marks.ts'
import { keysIn } from '../../../core/members/target.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { FileHistory } from '../../world/git/history.ts'
import type { Leaver } from './left-behind.ts'
import { everyKeyOf, namesByKey } from './named-keys.ts'
import type { PolicyFile } from './policy-files.ts'
import type { Rewrapping } from './rewrap-files.ts'

/** A change of recipients, and the policies before and after it: the same, where sealward.yml had said so already. */
export interface Losing {
  readonly all: readonly PolicyFile[]
  readonly files: readonly Rewrapping[]
  readonly before: Policy
  readonly after: Policy
}

const DIGITS = 12

/**
 * Finds who cannot open a file any more. Whoever has another key in it can, and is none of them. Who is nowhere in the policy any more
 * leaves everything that they ever could read; who stays leaves the files that they lose.
 */
export async function whoLoses({ all, files, before, after }: Losing, history: FileHistory): Promise<Leaver[]> {
  if (files.every(({ removed }) => removed.length === 0)) return []
  const names = await namesByKey(before, history)
  const nameOf = (key: string) => names.get(key) ?? `key-${fingerprintOf(key).slice(0, DIGITS)}`
  const lost = lossesOf({ all, files, nameOf })
  const known = new Set(keysIn(after).map(nameOf))
  return Promise.all(
    [...lost].map(async ([name, own]) => {
      const keys = new Set([...own.keys, ...(await everyKeyOf(name, before, history))])
      return known.has(name) ? { name, keys, files: own.files } : { name, keys }
    }),
  )
}

interface Loss {
  readonly keys: Set<string>
  readonly files: Set<string>
}

function lossesOf({
  all,
  files,
  nameOf,
}: Pick<Losing, 'all' | 'files'> & { nameOf(key: string): string }): ReadonlyMap<string, Loss> {
  const lost = new Map<string, Loss>()
  for (const { path, added, removed } of files) {
    const had = all.find((file) => file.path === path)?.recipients ?? []
    const stays = new Set([...had.filter((key) => !removed.includes(key)), ...added].map(nameOf))
    for (const key of removed) {
      const name = nameOf(key)
      if (stays.has(name)) continue
      const own = lost.get(name) ?? { keys: new Set(), files: new Set() }
      lost.set(name, { keys: own.keys.add(key), files: own.files.add(path) })
    }
  }
  return lost
}
