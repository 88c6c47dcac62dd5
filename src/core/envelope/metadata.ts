import { SealwardError } from '../errors.ts'
import { RECIPIENTS } from './limits.ts'
import { escapeLine, type MetadataLine, unescapeLine } from './lines.ts'
import { DEFAULT_RULE, RULE_KINDS, type Rule } from './rule.ts'
import { parseSealed } from './sealed.ts'
import { checkStructure, rootOf } from './structure.ts'
import { canonicalTimestamp } from './timestamp.ts'

/** The file's data key, wrapped for one age recipient. */
export interface WrappedKey {
  readonly recipient: string
  /** A whole armored age file, with its last LF. */
  readonly armored: string
}

/** What stands below an encrypted file's variables. docs/format.md section 7. */
export interface Metadata {
  readonly wrappedKeys: readonly WrappedKey[]
  /** Kinds of recipients that we keep and cannot wrap for: `kms`, `pgp`, ... */
  readonly foreign: readonly string[]
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
const AGE_ITEM = /^age__list_(\d+)__map_(enc|recipient)$/

/** @throws SealwardError malformed, limit or unsupported */
export function readMetadata(lines: readonly MetadataLine[]): Metadata {
  const values = new Map(lines.filter(({ name }) => name !== '').map(({ name, stored }) => [name, stored]))
  checkStructure(values)
  const wrappedKeys = readWrappedKeys(values)
  const foreign = FOREIGN_KINDS.filter((kind) => [...values.keys()].some((name) => name.startsWith(`${kind}__list_`)))
  if (wrappedKeys.length + foreign.length === 0) throw withoutRecipients(values)
  if (!/^\d+\.\d+\.\d+$/.test(need(values, 'version'))) throw malformed('sops_version is not a version')
  return {
    wrappedKeys,
    foreign,
    rule: readRule(values),
    macOnlyEncrypted: readFlag(values, 'mac_only_encrypted'),
    timestamp: canonicalTimestamp(need(values, 'lastmodified')),
    mac: readMac(values),
  }
}

/** The lines of a new file's metadata in the order of SOPS 3.13: maps by the names in them, lists by number. */
export function printMetadata({ wrappedKeys, rule, macOnlyEncrypted, timestamp, mac }: NewMetadata): MetadataLine[] {
  const rest: MetadataLine[] = [
    { name: 'lastmodified', stored: timestamp },
    { name: 'mac', stored: mac },
    { name: rule.kind, stored: escapeLine(rule.pattern) },
    { name: 'version', stored: FORMAT_VERSION },
  ]
  if (macOnlyEncrypted) rest.push({ name: 'mac_only_encrypted', stored: 'true' })
  return [...printWrappedKeys(wrappedKeys, 0), ...rest.sort((one, other) => (one.name < other.name ? -1 : 1))]
}

/** The lines of wrapped keys that stand behind `count` others. */
export function printWrappedKeys(wrappedKeys: readonly WrappedKey[], count: number): MetadataLine[] {
  return wrappedKeys.flatMap(({ recipient, armored }, index) => [
    { name: `age__list_${count + index}__map_enc`, stored: escapeLine(armored) },
    { name: `age__list_${count + index}__map_recipient`, stored: recipient },
  ])
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

function withoutRecipients(values: ReadonlyMap<string, string>): SealwardError {
  if ([...values.keys()].some((name) => name.startsWith('key_groups__')))
    return new SealwardError('unsupported', 'the file needs several key groups at once (a Shamir threshold)', {
      hint: 'open it with sops',
    })
  return malformed('the metadata names no recipient')
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
