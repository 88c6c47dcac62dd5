import type { OpenedFile } from '../envelope/decrypt.ts'
import type { EncryptedFile } from '../envelope/file.ts'
import { everybodyIn, isOneGroup, type KeyGroups } from '../envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../envelope/text/metadata.ts'
import { rootOf } from '../envelope/text/structure.ts'
import type { Rule } from '../envelope/values/rule.ts'
import { SealwardError } from '../errors.ts'
import { choose, mergeSets, type ThreeWay } from './three-way.ts'

/** Three opened files. The base is null where both sides brought the file. */
export interface OpenedSides {
  readonly base: OpenedFile | null
  readonly ours: OpenedFile
  readonly theirs: OpenedFile
}

/** Everything about a merged file but its variables. */
export interface EnvelopePlan {
  /** Every recipient of the merged file. */
  readonly recipients: readonly string[]
  /** Null where each of them opens it alone. */
  readonly keyGroups: KeyGroups | null
  /** The side whose data key and metadata stay; null for a new data key. */
  readonly over: 'ours' | 'theirs' | null
  readonly rule: Rule
  readonly macOnlyEncrypted: boolean
  /** Recipients of other kinds: their keys cannot be wrapped anew. */
  readonly foreign: readonly string[]
}

/**
 * Settles who can open a merged file, and under which data key. Whoever one side took away stays away, and does not know the data key:
 * a side's data key counts only while everybody who was ever given it, in any of the three files, is still a recipient.
 *
 * @throws SealwardError unsupported where both sides changed the rule, the key groups, or recipients that are not age's
 */
export function planEnvelope(sides: OpenedSides): EnvelopePlan {
  const groups = agree(sides, ({ file }) => groupsOf(file), 'both sides changed the key groups')
  const { metadata } = sides[groupsOf(sides.ours.file) === groups ? 'ours' : 'theirs'].file
  const keyGroups = groups === '' ? null : keyGroupsOf(metadata)
  const merged = mergeSets({
    base: recipientsOf(sides.base),
    ours: recipientsOf(sides.ours),
    theirs: recipientsOf(sides.theirs),
  })
  const recipients = keyGroups === null ? merged : everybodyIn(keyGroups)
  const settings = agree(sides, settingsOf, 'both sides changed which values are encrypted')
  const foreign = agree(sides, ({ file }) => foreignOf(file), 'both sides changed the recipients that are not of age')
  const isUsable = (side: OpenedFile) =>
    settingsOf(side) === settings &&
    foreignOf(side.file) === foreign &&
    groupsOf(side.file) === groups &&
    holdersOf(side, sides).every(isRecipient)
  const isRecipient = (holder: string) => recipients.includes(holder)
  const over = preferred(sides).find((side) => isUsable(sides[side])) ?? null
  const { rule, macOnlyEncrypted } = sides[settingsOf(sides.ours) === settings ? 'ours' : 'theirs'].file.metadata
  const kinds = sides[foreignOf(sides.ours.file) === foreign ? 'ours' : 'theirs'].file.metadata.foreign
  return { recipients, keyGroups, over, rule, macOnlyEncrypted, foreign: kinds }
}

/** Whether two opened files are under one data key. */
export function haveOneDataKey(one: OpenedFile, other: OpenedFile): boolean {
  return Buffer.from(one.dataKey).equals(other.dataKey)
}

/** What makes two files one kind of file, as text: the rule and what the MAC covers. */
export function settingsOf({ file: { metadata } }: Pick<OpenedFile, 'file'>): string {
  return JSON.stringify([metadata.rule.kind, metadata.rule.pattern, metadata.macOnlyEncrypted])
}

/** Recipients of other kinds as text, without what differs each time a key is wrapped for them. */
export function foreignOf({ lines, metadata }: EncryptedFile): string {
  const kept = lines.metadata.filter(
    ({ name }) => metadata.foreign.includes(rootOf(name)) && !/_(?:enc|created_at)$/.test(name),
  )
  return JSON.stringify(kept.map(({ name, stored }) => `${name}=${stored}`).sort())
}

/** Several key groups as text; empty for the usual file, whose recipients are merged one by one. */
export function groupsOf({ lines, metadata }: EncryptedFile): string {
  const { groups, threshold } = keyGroupsOf(metadata)
  if (isOneGroup({ groups, threshold })) return ''
  const others = lines.metadata.filter(({ name }) => OTHER_IN_GROUP.test(name))
  const told = others.map(({ name, stored }) => `${name}=${stored}`).sort()
  return JSON.stringify([threshold, groups.map((members) => members.toSorted()), told])
}

/** Recipients of other kinds in a group, without what differs each time a key is wrapped for them. */
const OTHER_IN_GROUP = /^key_groups__list_\d+__map_(?!age__)(?!.*_(?:enc|created_at)$)/

/** The age recipients of a file, none where there is no file. */
export function recipientsOf(side: Pick<OpenedFile, 'file'> | null): string[] {
  return side === null ? [] : side.file.metadata.wrappedKeys.map(({ recipient }) => recipient)
}

/** A side that drew a new data key did so for a reason; of two that did, ours first. */
function preferred({ base, ours, theirs }: OpenedSides): ('ours' | 'theirs')[] {
  if (base === null || haveOneDataKey(ours, theirs)) return ['ours', 'theirs']
  if (haveOneDataKey(base, ours)) return ['theirs']
  return haveOneDataKey(base, theirs) ? ['ours'] : ['ours', 'theirs']
}

/** Everybody who was given the data key of a side. */
function holdersOf(side: OpenedFile, { base, ours, theirs }: OpenedSides): string[] {
  const files = [base, ours, theirs].filter((file) => file !== null)
  return files.filter((file) => haveOneDataKey(file, side)).flatMap(recipientsOf)
}

function agree({ base, ours, theirs }: OpenedSides, of: (side: OpenedFile) => string, why: string): string {
  const three: ThreeWay<string> = { base: base === null ? '' : of(base), ours: of(ours), theirs: of(theirs) }
  const choice = choose(three, (one, other) => one === other)
  if (choice === 'conflict')
    throw new SealwardError('unsupported', why, { hint: 'take one side, and make the other change again' })
  return three[choice]
}
