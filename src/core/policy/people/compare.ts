import { type KeyGroups, sameGroups, wordsForGroups } from '../../envelope/keys/key-groups.ts'
import { reasonsFor } from '../explain/recipients.ts'
import { keyGroupsFor } from '../match.ts'
import type { Policy } from '../policy.ts'

/** What another policy makes of who can open a file. */
export interface AccessChange {
  /** `rekeyed`: the same person by other keys; `regrouped`: the same people, who have to come together otherwise. */
  readonly change: 'gains' | 'loses' | 'rekeyed' | 'regrouped'
  readonly file: string
  /** Null for a key that is no member's, and where it is about nobody alone. */
  readonly name: string | null
  /** Recipients that come or go, as text. */
  readonly keys: readonly string[]
  /** The entry or the role that says so: of the new policy, or of the old one for who loses. */
  readonly why: string
}

/** A file, as it is called, and relative to sealward.yml. */
export interface ComparedFile {
  readonly path: string
  readonly relative: string
}

/** Who gains and who loses which of these files, by file and name. */
export function compareAccess(before: Policy, after: Policy, files: readonly ComparedFile[]): readonly AccessChange[] {
  return files.flatMap(({ path, relative }) => {
    const [old, fresh] = [holdersOf(before, relative), holdersOf(after, relative)]
    const all = [...new Set([...old.keys(), ...fresh.keys()])].sort()
    const changes = all.flatMap((who) => changeOf(path, old.get(who), fresh.get(who)) ?? [])
    const [were, are] = [keyGroupsFor(before, relative), keyGroupsFor(after, relative)]
    return changes.length > 0 || sameGroups(were, are) ? changes : [regrouped(path, are)]
  })
}

interface Holder {
  readonly name: string | null
  readonly keys: readonly string[]
  readonly why: string
}

/** By name, and by key where there is none. */
function holdersOf(policy: Policy, path: string): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>()
  for (const { key, name, why } of reasonsFor(policy, path)) {
    const who = name ?? key
    const known = holders.get(who)
    holders.set(who, { name, keys: [...(known?.keys ?? []), key], why: known?.why ?? why })
  }
  return holders
}

/** Of whom at least one of the policies lets in. */
function changeOf(file: string, old: Holder | undefined, fresh: Holder | undefined): AccessChange | null {
  if (fresh === undefined) return { change: 'loses', file, ...old! }
  if (old === undefined) return { change: 'gains', file, ...fresh }
  const keys = [...without(fresh.keys, old.keys), ...without(old.keys, fresh.keys)]
  return keys.length === 0 ? null : { change: 'rekeyed', file, name: fresh.name, keys, why: fresh.why }
}

function regrouped(file: string, groups: KeyGroups): AccessChange {
  return { change: 'regrouped', file, name: null, keys: [], why: wordsForGroups(groups) ?? 'each alone' }
}

function without(keys: readonly string[], others: readonly string[]): readonly string[] {
  return keys.filter((key) => !others.includes(key))
}
