import { SealwardError } from '../../errors.ts'
import { KEY_GROUPS, type KeyGroups, LEAST_THRESHOLD, oneGroup } from '../keys/key-groups.ts'
import { RECIPIENTS } from '../limits.ts'
import { DEFAULT_RULE, RULE_KINDS, type Rule } from '../values/rule.ts'
import { parseSealed } from '../values/sealed.ts'
import { escapeLine, type MetadataLine, unescapeLine } from './lines.ts'
import { checkStructure, rootOf } from './structure.ts'
import { canonicalTimestamp } from './timestamp.ts'

/** The file's data key, or the share of a key group, wrapped for one age recipient. */
export interface WrappedKey {
  readonly recipient: string
  /** A whole armored age file, with its last LF. */
  readonly armored: string
}

/** One of several groups: its share of the data key, wrapped for each member. */
export interface KeyGroup {
  readonly wrappedKeys: readonly WrappedKey[]
  readonly foreign: readonly string[]
}

/** A data key that several groups have together. `threshold` of their shares make it. */
export interface Shares {
  readonly groups: readonly KeyGroup[]
  readonly threshold: number
}

/** What stands below an encrypted file's variables. docs/format.md section 7. */
export interface Metadata {
  /** Where there are shares: everything in them. */
  readonly wrappedKeys: readonly WrappedKey[]
  /** Kinds of recipients that we keep and cannot wrap for: `kms`, `pgp`, ... */
  readonly foreign: readonly string[]
  /** Null for the usual file, each of whose wrapped keys is the data key. */
  readonly shares: Shares | null
  readonly rule: Rule
  readonly macOnlyEncrypted: boolean
  /** Spelled as the MAC is bound to it. */
  readonly timestamp: string
  readonly mac: string
}

/** Metadata that we write ourselves. */
type NewMetadata = Omit<Metadata, 'foreign'>

const FORMAT_VERSION = '3.13.0'
const FOREIGN_KINDS = ['kms', 'gcp_kms', 'hckms', 'azure_kv', 'hc_vault', 'pgp']
const GROUPS = 'key_groups'
const GROUP_ITEM = /^key_groups__list_(\d+)__map_(.+)$/
const AGE_ITEM = /^age__list_(\d+)__map_(enc|recipient)$/

/** @throws SealwardError malformed, limit or unsupported */
export function readMetadata(lines: readonly MetadataLine[]): Metadata {
  const values = new Map(lines.filter(({ name }) => name !== '').map(({ name, stored }) => [name, stored]))
  checkStructure(values)
  const keys = readKeys(values)
  if (!/^\d+\.\d+\.\d+$/.test(need(values, 'version'))) throw malformed('sops_version is not a version')
  return {
    ...keys,
    rule: readRule(values),
    macOnlyEncrypted: readFlag(values, 'mac_only_encrypted'),
    timestamp: canonicalTimestamp(need(values, 'lastmodified')),
    mac: readMac(values),
  }
}

/** The lines of a new file's metadata in the order of SOPS 3.13: maps by the names in them, lists by number. */
export function printMetadata(metadata: NewMetadata): MetadataLine[] {
  const { rule, macOnlyEncrypted, timestamp, mac, shares, wrappedKeys } = metadata
  const rest: MetadataLine[] = [
    { name: 'lastmodified', stored: timestamp },
    { name: 'mac', stored: mac },
    { name: rule.kind, stored: escapeLine(rule.pattern) },
    { name: 'version', stored: FORMAT_VERSION },
  ]
  if (macOnlyEncrypted) rest.push({ name: 'mac_only_encrypted', stored: 'true' })
  if (shares !== null) rest.push(printThreshold(shares))
  const keys = shares === null ? printWrappedKeys(wrappedKeys, 0) : printShares(shares)
  return [...keys, ...rest.sort((one, other) => (one.name < other.name ? -1 : 1))]
}

/** The lines of wrapped keys that stand behind `count` others. */
export function printWrappedKeys(wrappedKeys: readonly WrappedKey[], count: number): MetadataLine[] {
  return wrappedKeys.flatMap(({ recipient, armored }, index) => [
    { name: `age__list_${count + index}__map_enc`, stored: escapeLine(armored) },
    { name: `age__list_${count + index}__map_recipient`, stored: recipient },
  ])
}

/** The lines of shares, without the threshold. */
export function printShares({ groups }: Shares): MetadataLine[] {
  return groups.flatMap(({ wrappedKeys }, index) =>
    printWrappedKeys(wrappedKeys, 0).map(({ name, stored }) => ({
      name: `${GROUPS}__list_${index}__map_${name}`,
      stored,
    })),
  )
}

export function printThreshold({ threshold }: Shares): MetadataLine {
  return { name: 'shamir_threshold', stored: String(threshold) }
}

/** Whether a line is about who can open the file, as far as we write such lines. */
export function isKeyLine({ name }: MetadataLine): boolean {
  return ['age', GROUPS, 'shamir_threshold'].includes(rootOf(name))
}

/** Whom a file is for, by their names. */
export function keyGroupsOf({ wrappedKeys, shares }: Pick<Metadata, 'wrappedKeys' | 'shares'>): KeyGroups {
  const namesOf = (keys: readonly WrappedKey[]) => [...new Set(keys.map(({ recipient }) => recipient))]
  if (shares === null) return oneGroup(namesOf(wrappedKeys))
  return { groups: shares.groups.map((group) => namesOf(group.wrappedKeys)), threshold: shares.threshold }
}

type Keys = Pick<Metadata, 'wrappedKeys' | 'foreign' | 'shares'>

/** As SOPS does: recipients at the top, where there are any, count instead of groups, and one group is the same as none. */
function readKeys(values: ReadonlyMap<string, string>): Keys {
  const atTop = readGroup(values)
  if (atTop !== null) return { ...atTop, shares: null }
  const groups = readGroups(values)
  const [first] = groups
  if (first === undefined) throw malformed('the metadata names no recipient')
  if (groups.length === 1) return { ...first, shares: null }
  const wrappedKeys = groups.flatMap((group) => group.wrappedKeys)
  if (wrappedKeys.length > RECIPIENTS) throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
  const foreign = FOREIGN_KINDS.filter((kind) => groups.some((group) => group.foreign.includes(kind)))
  return { wrappedKeys, foreign, shares: { groups, threshold: readThreshold(values, groups.length) } }
}

function readGroups(values: ReadonlyMap<string, string>): KeyGroup[] {
  const items: Map<string, string>[] = []
  for (const [name, stored] of values) {
    if (rootOf(name) !== GROUPS) continue
    const match = GROUP_ITEM.exec(name)
    if (match === null) throw malformed('sops_key_groups is not a list of groups')
    const index = Number(match[1])
    if (index >= KEY_GROUPS) throw new SealwardError('limit', `more than ${KEY_GROUPS} key groups`)
    items[index] ??= new Map()
    items[index].set(match[2]!, stored)
  }
  return items.map((item) => {
    const group = readGroup(item)
    if (group === null) throw malformed('a key group names no recipient')
    return group
  })
}

/** @returns null where nobody is named */
function readGroup(values: ReadonlyMap<string, string>): KeyGroup | null {
  const wrappedKeys = readWrappedKeys(values)
  const foreign = FOREIGN_KINDS.filter((kind) => [...values.keys()].some((name) => name.startsWith(`${kind}__list_`)))
  return wrappedKeys.length + foreign.length === 0 ? null : { wrappedKeys, foreign }
}

/** Without one all groups are needed. */
function readThreshold(values: ReadonlyMap<string, string>, groups: number): number {
  const stored = values.get('shamir_threshold') ?? '0'
  if (!/^(?:0|[1-9]\d{0,2})$/.test(stored)) throw malformed('sops_shamir_threshold is no number')
  const threshold = stored === '0' ? groups : Number(stored)
  if (threshold < LEAST_THRESHOLD || threshold > groups)
    throw malformed('sops_shamir_threshold is not between 2 and the number of key groups')
  return threshold
}

function readWrappedKeys(values: ReadonlyMap<string, string>): WrappedKey[] {
  const items: { enc?: string; recipient?: string }[] = []
  for (const [name, stored] of values) {
    if (rootOf(name) !== 'age') continue
    const match = AGE_ITEM.exec(name)
    if (match === null) throw malformed('sops_age is not a list of recipients with their wrapped keys')
    const index = Number(match[1])
    if (index >= RECIPIENTS) throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
    items[index] = { ...items[index], [match[2]!]: unescapeLine(stored) }
  }
  return items.map(({ enc, recipient }) => {
    if (!enc || !recipient) throw malformed('an age recipient without its name or its wrapped key')
    // Recipients are shown to people, and nothing proves them: they must not forge a line of a log or drive a terminal.
    if (/\p{Cc}/u.test(recipient)) throw malformed('an age recipient with a control character')
    return { recipient, armored: enc }
  })
}

function readRule(values: ReadonlyMap<string, string>): Rule {
  const rules = RULE_KINDS.filter((kind) => values.get(kind))
  if (rules.length > 1) throw malformed('more than one encryption rule')
  const kind = rules[0]
  return kind === undefined ? DEFAULT_RULE : { kind, pattern: unescapeLine(values.get(kind)!) }
}

function readFlag(values: ReadonlyMap<string, string>, name: string): boolean {
  const stored = values.get(name) ?? 'false'
  if (stored !== 'true' && stored !== 'false') throw malformed(`sops_${name} is neither true nor false`)
  return stored === 'true'
}

function need(values: ReadonlyMap<string, string>, name: string): string {
  const stored = values.get(name)
  if (!stored) throw malformed(`sops_${name} is missing`)
  return stored
}

function readMac(values: ReadonlyMap<string, string>): string {
  const stored = need(values, 'mac')
  if (parseSealed(stored).type !== 'str') throw malformed('sops_mac is not marked as text')
  return stored
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
