import { SealwardError } from '../errors.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'
import { substituteRecipient } from '../rotation/policy-text.ts'
import type { PolicyText } from './edit-policy.ts'

/** A recipient that a quantum computer will break, and whose it is; null for one that stands in a list without being a member's. */
export interface Classical {
  readonly name: string | null
  readonly key: string
}

/** Post-quantum recipients by the name of the member they are for. */
export type Upgrades = ReadonlyMap<string, readonly string[]>

const POST_QUANTUM = 'age1pq1'

export function isPostQuantum(recipient: string): boolean {
  return recipient.startsWith(POST_QUANTUM)
}

/**
 * Puts post-quantum recipients in the place of the classical keys of members. Who has both kinds keeps the post-quantum ones. Every other byte
 * of the text stays.
 *
 * @param today the new `since` of a member that has one
 * @throws SealwardError not-found for a name that recipients does not have, recipient-invalid for a classical recipient; unsupported where the
 *   text cannot be edited
 */
export function upgradePolicy(source: PolicyText, upgrades: Upgrades, today: string): string {
  const { members } = parsePolicy(source.text, source.file)
  for (const [name, keys] of upgrades)
    requireUpgrade(name, { keys, names: members.map((one) => one.name), file: source.file })
  let { text } = source
  for (const { name, keys } of members) {
    const own = keys.filter(isPostQuantum)
    const fresh = (upgrades.get(name) ?? []).filter((key) => !own.includes(key))
    if (own.length + fresh.length === 0) continue
    for (const [index, old] of keys.filter((key) => !isPostQuantum(key)).entries())
      text = substituteRecipient({ text, file: source.file }, { old, fresh: index === 0 ? fresh : [], today })
  }
  return text
}

/** Every classical recipient that a policy names. */
export function classicalIn({ members, files }: Policy): readonly Classical[] {
  const ofMembers = members.flatMap(({ name, keys }) => keys.map((key) => ({ name, key })))
  const known = new Set(ofMembers.map(({ key }) => key))
  const others = new Set(files.flatMap(({ recipients }) => recipients).filter((key) => !known.has(key)))
  return [...ofMembers, ...[...others].map((key) => ({ name: null, key }))].filter(({ key }) => !isPostQuantum(key))
}

function requireUpgrade(
  name: string,
  { keys, names, file }: { readonly keys: readonly string[]; readonly names: readonly string[]; readonly file: string },
): void {
  if (!names.includes(name))
    throw new SealwardError('not-found', `recipients has nobody called ${name}`, {
      file,
      hint: '`sealward members list` says who there is',
    })
  if (!keys.every(isPostQuantum))
    throw new SealwardError('recipient-invalid', `what is given for ${name} is no post-quantum recipient`, {
      hint: 'it starts with age1pq1: `sealward keygen --pq` makes one',
    })
}
