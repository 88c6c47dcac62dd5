import * as v from 'valibot'
import {
  everybodyIn,
  KEY_GROUPS,
  type KeyGroups,
  LEAST_THRESHOLD,
  neededBy,
} from '../../../envelope/keys/key-groups.ts'
import { type Member, member } from './recipients.ts'

/** An entry of `files`, as far as it says who opens them. */
interface Readers {
  readonly recipients?: readonly string[] | undefined
  readonly 'key-groups'?: readonly (readonly string[])[] | undefined
  readonly threshold?: number | undefined
}

const group = v.pipe(v.array(member, 'must be a list of names'), v.minLength(1, 'must not be empty'))

export const KeyGroupsList = v.pipe(
  v.array(group),
  v.minLength(LEAST_THRESHOLD, 'has one group only: write recipients instead'),
  v.maxLength(KEY_GROUPS, `has more than ${KEY_GROUPS} groups`),
)

export const groupThreshold = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(LEAST_THRESHOLD, 'must be 2 at least: for one alone write recipients'),
  v.maxValue(KEY_GROUPS, `must not be more than ${KEY_GROUPS}`),
)

export function haveOneKindOfReaders(rule: Readers): boolean {
  return rule.recipients === undefined || rule['key-groups'] === undefined
}

export function canBeMet({ threshold = 0, 'key-groups': groups = [] }: Readers): boolean {
  return threshold <= groups.length
}

/** @param resolve the age recipients of a name, or itself */
export function readKeyGroups(rule: Readers, resolve: (member: string) => readonly string[]): KeyGroups | null {
  const { 'key-groups': given, threshold } = rule
  if (given === undefined) return null
  const groups = given.map((members) => everybodyIn({ groups: members.map(resolve), threshold: 1 }))
  return { groups, threshold: threshold ?? groups.length }
}

/**
 * Finds who is in as many groups as have to come together, and would need nobody: by the keys of one member, or by one key that several have.
 *
 * @returns words for them; null where there is nobody
 */
export function findLoner(keyGroups: KeyGroups, members: readonly Member[]): string | null {
  const isEnough = (keys: readonly string[]) => neededBy(new Set(keys), keyGroups)?.needed === 0
  const loner = members.find(({ keys }) => isEnough(keys))
  if (loner !== undefined) return loner.name
  return everybodyIn(keyGroups).some((key) => isEnough([key])) ? 'one recipient' : null
}
