import { SealwardError } from '../errors.ts'
import { RECIPIENTS } from './limits.ts'
import { escapeLine, type MetadataLine, unescapeLine } from './lines.ts'
import { DEFAULT_RULE, RULE_KINDS, type Rule } from './rule.ts'
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

const FORMAT_VERSION = '3.13.0'
const FOREIGN_KINDS = ['kms', 'gcp_kms', 'hckms', 'azure_kv', 'hc_vault', 'pgp']
const AGE_ITEM = /^age__list_(0|[1-9]\d{0,3})__map_(enc|recipient)$/

/** @throws SealwardError malformed, limit or unsupported */
export function readMetadata(lines: readonly MetadataLine[]): Metadata {
  const values = new Map(lines.filter(({ name }) => name !== '').map(({ name, stored }) => [name, stored]))
  refuseClashes(values)
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
    mac: need(values, 'mac'),
  }
}

/** The lines of `metadata`, in the order of SOPS 3.13: maps by name, lists by number. `kept` are lines of other recipients. */
export function printMetadata(metadata: Metadata, kept: readonly MetadataLine[] = []): MetadataLine[] {
  const lines: MetadataLine[] = metadata.wrappedKeys.flatMap(({ recipient, armored }, index) => [
    { name: `age__list_${index}__map_enc`, stored: escapeLine(armored) },
    { name: `age__list_${index}__map_recipient`, stored: recipient },
  ])
  lines.push({ name: 'lastmodified', stored: metadata.timestamp }, { name: 'mac', stored: metadata.mac })
  if (metadata.macOnlyEncrypted) lines.push({ name: 'mac_only_encrypted', stored: 'true' })
  lines.push({ name: metadata.rule.kind, stored: escapeLine(metadata.rule.pattern) })
  lines.push({ name: 'version', stored: FORMAT_VERSION }, ...kept)
  return lines.sort((one, other) =>
    rootOf(one.name) < rootOf(other.name) ? -1 : rootOf(one.name) === rootOf(other.name) ? 0 : 1,
  )
}

/** The lines of recipients that we keep as they are. */
export function foreignLines(lines: readonly MetadataLine[]): MetadataLine[] {
  return lines.filter(({ name }) => FOREIGN_KINDS.some((kind) => name.startsWith(`${kind}__`)))
}

function rootOf(name: string): string {
  return name.split(/__(?:map|list)_/, 1)[0]!
}

/** A name cannot be both a value and a map or a list. */
function refuseClashes(values: ReadonlyMap<string, string>): void {
  for (const name of values.keys()) {
    const root = rootOf(name)
    if (root !== name && values.has(root)) throw malformed(`sops_${printable(root)} is both a value and a structure`)
  }
}

function readWrappedKeys(values: ReadonlyMap<string, string>): WrappedKey[] {
  const items: { enc?: string; recipient?: string }[] = []
  for (const [name, stored] of values) {
    if (!name.startsWith('age')) continue
    if (name === 'age') throw malformed('sops_age is not a list')
    const match = AGE_ITEM.exec(name)
    if (match === null) {
      if (rootOf(name) === 'age') throw malformed('an age recipient with an unknown field')
      continue
    }
    const index = Number(match[1])
    if (index >= RECIPIENTS) throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
    items[index] = { ...items[index], [match[2]!]: unescapeLine(stored) }
  }
  return Array.from(items, (item) => {
    if (!item?.enc || !item.recipient) throw malformed('an age recipient without its name or its wrapped key')
    return { recipient: item.recipient, armored: item.enc }
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

function withoutRecipients(values: ReadonlyMap<string, string>): SealwardError {
  if ([...values.keys()].some((name) => name.startsWith('key_groups__')))
    return new SealwardError('unsupported', 'the file needs several key groups at once (a Shamir threshold)', {
      hint: 'open it with sops',
    })
  return malformed('the metadata names no recipient')
}

function printable(name: string): string {
  return /^\w{1,64}$/.test(name) ? name : '?'
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
