import { parseRecipient, type Recipient } from '../../age/recipient.ts'
import { RECIPIENTS } from '../limits.ts'

/**
 * Whom a file is for. In one group everybody opens it alone. Of several groups, members of `threshold` different ones have to come
 * together. docs/format.md section 6.
 */
export interface KeyGroups<Member = string> {
  readonly groups: readonly (readonly Member[])[]
  readonly threshold: number
}

/** Shares are told apart by a byte that is not zero. */
export const KEY_GROUPS = Math.min(255, RECIPIENTS)
/** Of one share alone nothing would be left to share. */
export const LEAST_THRESHOLD = 2

/** The usual file: each of them opens it alone. */
export function oneGroup<Member>(members: readonly Member[]): KeyGroups<Member> {
  return { groups: [members], threshold: 1 }
}

/** Whether nobody has to come together with others. */
export function isOneGroup({ groups }: KeyGroups<unknown>): boolean {
  return groups.length === 1
}

/** Whether shares can be made for them: what is read from a configuration may ask for what cannot be. */
export function canBeSplit({ groups, threshold }: KeyGroups<unknown>): boolean {
  const fits = Number.isInteger(threshold) && threshold >= LEAST_THRESHOLD && threshold <= groups.length
  return fits && groups.length <= KEY_GROUPS && groups.every((members) => members.length > 0)
}

/** Everybody in the groups, each once. */
export function everybodyIn<Member>({ groups }: KeyGroups<Member>): Member[] {
  return [...new Set(groups.flat())]
}

/** The same groups with other members, each group by itself. A member is in a group once. */
export function mapGroups<Member, Other>(
  { groups, threshold }: KeyGroups<Member>,
  change: (members: readonly Member[]) => readonly Other[],
): KeyGroups<Other> {
  return { groups: groups.map((members) => [...new Set(change(members))]), threshold }
}

/**
 * The same as an envelope has it, each recipient read once; without groups where there is but one.
 *
 * @throws SealwardError recipient-invalid, or what `read` throws
 */
export function readersOf(
  keyGroups: KeyGroups,
  read: (text: string) => Recipient = parseRecipient,
): { readonly recipients: readonly Recipient[]; readonly keyGroups?: KeyGroups<Recipient> } {
  const all = new Map(everybodyIn(keyGroups).map((text) => [text, read(text)]))
  const recipients = [...all.values()]
  if (isOneGroup(keyGroups)) return { recipients }
  return { recipients, keyGroups: mapGroups(keyGroups, (members) => members.map((text) => all.get(text)!)) }
}

/** Whether two files are for the same. The order of groups, and of members in one, says nothing. */
export function sameGroups(one: KeyGroups, other: KeyGroups): boolean {
  return textOf(one) === textOf(other)
}

/** How many further groups the holder of some keys needs, of how many others; null for who is in none. */
export function neededBy(
  keys: { has(key: string): boolean },
  { groups, threshold }: KeyGroups,
): { readonly needed: number; readonly others: number } | null {
  const own = groups.filter((members) => members.some((member) => keys.has(member))).length
  return own === 0 ? null : { needed: Math.max(0, threshold - own), others: groups.length - own }
}

/** Words for how many of them are needed: `2 of 3 key groups`. Null for the usual file. */
export function wordsForGroups(keyGroups: KeyGroups<unknown>): string | null {
  return isOneGroup(keyGroups) ? null : `${keyGroups.threshold} of ${keyGroups.groups.length} key groups`
}

function textOf({ groups, threshold }: KeyGroups): string {
  const texts = groups.map((members) => [...new Set(members)].sort().join(','))
  return `${groups.length === 1 ? 1 : threshold}\n${texts.sort().join('\n')}`
}
