import { recipientsFor } from '../policy/match.ts'
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
 * @param actual the recipients that the file has
 * @param path relative to sealward.yml
 */
export function targetOf(
  actual: readonly string[],
  path: string,
  { before, after, leaving = new Set() }: PolicyChange,
): readonly string[] {
  const [old, fresh] = [recipientsFor(before, path), recipientsFor(after, path)]
  const gone = new Set([
    ...old.filter((key) => !fresh.includes(key)),
    ...[...keysIn(before), ...leaving].filter((key) => !keysIn(after).includes(key)),
  ])
  const kept = actual.filter((key) => !gone.has(key))
  return [...kept, ...fresh.filter((key) => !old.includes(key) && !kept.includes(key))]
}

/** Every key that a policy names, for some file or for none. */
export function keysIn({ members, files }: Policy): readonly string[] {
  return [...new Set([...members.flatMap(({ keys }) => keys), ...files.flatMap(({ recipients }) => recipients)])]
}
