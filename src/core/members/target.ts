import { everybodyIn, isOneGroup, type KeyGroups, oneGroup, sameGroups } from '../envelope/keys/key-groups.ts'
import { SealwardError } from '../errors.ts'
import { keyGroupsFor } from '../policy/match.ts'
import type { Policy } from '../policy/policy.ts'

/** A policy as it was, and as it is to be. */
export interface PolicyChange {
  readonly before: Policy
  readonly after: Policy
  /** Further keys that are to open nothing any more, unless the policy names them: old ones of who leaves. */
  readonly leaving?: ReadonlySet<string>
}

/**
 * Whom a file is to be encrypted to after a change of the policy. Only what the policy changes is changed: that a file differed from it
 * before is for `recipients sync` to mend, and for somebody to look at.
 *
 * Keys that the policy has nowhere any more go from every file, also where the rule of the file never named them.
 *
 * @param actual those that the file is for
 * @param path relative to sealward.yml
 * @throws SealwardError unsupported for a file of key groups that the policy does not have, where somebody would be added, or a group be
 * empty
 */
export function targetOf(
  actual: KeyGroups,
  path: string,
  { before, after, leaving = new Set() }: PolicyChange,
): KeyGroups {
  const [old, fresh] = [keyGroupsFor(before, path), keyGroupsFor(after, path)]
  const [were, are] = [everybodyIn(old), everybodyIn(fresh)]
  const gone = new Set([
    ...were.filter((key) => !are.includes(key)),
    ...[...keysIn(before), ...leaving].filter((key) => !keysIn(after).includes(key)),
  ])
  const stays = (key: string) => !gone.has(key)
  if (!isOneGroup(fresh)) return sameGroups(old, fresh) && everybodyIn(actual).every(stays) ? actual : fresh
  const added = are.filter((key) => !were.includes(key))
  if (!isOneGroup(actual)) return ofUnknownGroups(actual, { stays, added })
  const kept = everybodyIn(actual).filter(stays)
  return oneGroup([...kept, ...added.filter((key) => !kept.includes(key))])
}

/** Nobody knows which group somebody belongs to that the policy does not have. Whoever goes can go. */
function ofUnknownGroups(
  { groups, threshold }: KeyGroups,
  { stays, added }: { readonly stays: (key: string) => boolean; readonly added: readonly string[] },
): KeyGroups {
  if (added.length > 0) throw unknownGroups()
  const kept = groups.map((members) => members.filter(stays))
  if (kept.some((members, at) => members.length === 0 && groups[at]!.length > 0))
    throw new SealwardError('unsupported', 'nobody would be left in a key group of the file', {
      hint: 'write key-groups into the entry of files in sealward.yml, then `sealward recipients sync`',
    })
  return { groups: kept, threshold }
}

/** The file has key groups, and sealward.yml has none for it. */
export function unknownGroups(): SealwardError {
  return new SealwardError('unsupported', 'the file has several key groups, and sealward.yml has none for it', {
    hint: 'write key-groups into its entry of files; `sealward updatekeys FILE` gives the groups up',
  })
}

/**
 * Whom a policy names for a file, and nobody else. A policy without members may say nothing of it: then it stays as it is.
 *
 * @param actual those that the file is for
 * @param path relative to sealward.yml
 * @throws SealwardError no-recipients where there are members and none of them is for the file; unsupported for a file of key groups that
 * the policy does not have
 */
export function namedFor(policy: Policy, actual: KeyGroups, path: string): KeyGroups {
  const wanted = keyGroupsFor(policy, path)
  if (everybodyIn(wanted).length === 0) return saysNothing(policy, actual)
  if (isOneGroup(wanted) && !isOneGroup(actual)) throw unknownGroups()
  return wanted
}

function saysNothing({ members }: Policy, actual: KeyGroups): KeyGroups {
  if (members.length === 0) return actual
  throw new SealwardError('no-recipients', 'sealward.yml has members, and none of them is for this file', {
    hint: 'name somebody for it under files, or give somebody a role that covers it',
  })
}

/** Every key that a policy names, for some file or for none. */
export function keysIn({ members, files }: Policy): readonly string[] {
  return [...new Set([...members.flatMap(({ keys }) => keys), ...files.flatMap(({ recipients }) => recipients)])]
}
