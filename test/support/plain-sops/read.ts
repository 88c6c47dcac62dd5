import { CR, fromUtf8, LF, Refusal, startsWith, toAscii } from './bytes.ts'
import { isEncrypted, PLAIN_RULES, type PlainRule } from './rule.ts'
import { digest, unseal } from './sealed.ts'
import type { PlainLine } from './write.ts'

type Row = readonly number[]

export interface PlainMetadata {
  readonly keys: readonly { readonly recipient: string; readonly armored: string }[]
  readonly rule: PlainRule
  readonly onlyEncrypted: boolean
  readonly timestamp: string
  readonly mac: Row
}

/** Reads a file as docs/format.md says, given its data key. Throws Refusal. */
export function readPlainSops(file: Uint8Array, key: Uint8Array): PlainLine[] {
  const { body, metadata } = splitPlainSops(file)
  const { rule, onlyEncrypted, timestamp, mac } = metadata
  const hashed: number[][] = []
  let run: string[] = []
  const lines = body.map((row): PlainLine => {
    if (row.length === 0) return { kind: 'blank' }
    if (row[0] === 35) {
      run = [...run, fromUtf8(row.slice(1), 'malformed')]
      return readComment(row.slice(1), isEncrypted(rule, run, null), key)
    }
    const [nameBytes, stored] = splitAtEquals(row)
    const name = toAscii(nameBytes)
    const encrypted = isEncrypted(rule, run, name)
    run = []
    const { plaintext, value } = readValue(name, stored, encrypted ? key : null)
    if (encrypted || !onlyEncrypted) hashed.push(plaintext)
    return { kind: 'entry', name, value }
  })
  if (!sameBytes(openMac(mac, key, timestamp), digest(hashed, onlyEncrypted))) throw new Refusal('mac-mismatch', 'MAC')
  return lines
}

/** Sections 1, 2 and 7: all that needs no key. */
export function splitPlainSops(file: Uint8Array): { body: readonly Row[]; metadata: PlainMetadata } {
  const bytes = [...file]
  fromUtf8(bytes, 'malformed')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new Refusal('malformed', 'byte order mark')
  const rows = splitRows(bytes)
  const body: Row[] = []
  const names = new Map<string, Row>()
  let below = false
  for (const row of rows) {
    if (row.length === 0 && below) continue
    if (row.length === 0 || row[0] === 35) {
      body.push(row)
      continue
    }
    const [nameBytes, stored] = splitAtEquals(row)
    const name = fromUtf8(nameBytes, 'malformed')
    const isMetadata = name.startsWith('sops_')
    if (name === 'sops_' || (!isMetadata && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)))
      throw new Refusal('name-invalid', 'name')
    if (names.has(name)) throw new Refusal('duplicate', 'name')
    names.set(name, stored)
    below ||= isMetadata
    if (!isMetadata) body.push(row)
  }
  return { body, metadata: readMetadata(names) }
}

function splitRows(bytes: Row): number[][] {
  const rows: number[][] = [[]]
  for (const byte of bytes)
    if (byte === LF) rows.push([])
    else rows[rows.length - 1]!.push(byte)
  const ended = rows.slice(0, -1)
  const converted = ended.length > 0 && ended.every((row) => row[row.length - 1] === CR)
  if (converted) for (const row of ended) row.pop()
  if (rows[rows.length - 1]!.length === 0) rows.pop()
  return rows
}

function splitAtEquals(row: Row): [Row, Row] {
  const at = row.indexOf(61)
  if (at < 0) throw new Refusal('malformed', 'line')
  return [row.slice(0, at), row.slice(at + 1)]
}

/** Backslash and n are LF. */
function unescapeRow(row: Row): number[] {
  const bytes: number[] = []
  for (let at = 0; at < row.length; at++)
    if (row[at] === 92 && row[at + 1] === 110) {
      bytes.push(LF)
      at++
    } else bytes.push(row[at]!)
  return bytes
}

function readComment(stored: Row, encrypted: boolean, key: Uint8Array): PlainLine {
  let bytes = [...stored]
  if (encrypted && startsWith(bytes, 'ENC[')) {
    const { text, type } = unseal(bytes, key, ':')
    if (type !== 'comment') throw new Refusal('malformed', 'type')
    bytes = text
  }
  if (bytes[bytes.length - 1] === CR) bytes.pop()
  if (bytes.includes(CR) || bytes.includes(LF)) throw new Refusal('not-representable', 'line break')
  return { kind: 'comment', text: fromUtf8(bytes, 'not-representable') }
}

/** `key` is null for a value that the rule leaves plain. */
function readValue(name: string, stored: Row, key: Uint8Array | null): { plaintext: number[]; value: string } {
  if (key === null || stored.length === 0) {
    const plaintext = unescapeRow(stored)
    return { plaintext, value: fromUtf8(plaintext, 'malformed') }
  }
  if (!startsWith(stored, 'ENC[')) throw new Refusal('plaintext-value', 'value')
  const { text, type } = unseal(stored, key, `${name}:`)
  if (type === 'comment') throw new Refusal('malformed', 'type')
  const value = fromUtf8(text, 'not-representable')
  if (type !== 'bool') return { plaintext: text, value }
  if (value !== 'True' && value !== 'False') throw new Refusal('malformed', 'boolean')
  return { plaintext: text, value: value === 'True' ? 'true' : 'false' }
}

function openMac(mac: Row, key: Uint8Array, timestamp: string): number[] {
  try {
    const { text, type } = unseal(mac, key, timestamp)
    if (type !== 'str') throw new Refusal('malformed', 'type of the MAC')
    return text
  } catch (error) {
    if (error instanceof Refusal && error.code === 'value-not-authentic') throw new Refusal('mac-mismatch', 'MAC')
    throw error
  }
}

function readMetadata(names: ReadonlyMap<string, Row>): PlainMetadata {
  const text = (name: string) => fromUtf8(unescapeRow(names.get(`sops_${name}`) ?? []), 'malformed')
  checkTree([...names.keys()].filter((name) => name.startsWith('sops_')).map((name) => name.slice(5)))
  const keys: { recipient: string; armored: string }[] = []
  const items = [...names.keys()].filter((name) => /^sops_age(__|$)/.test(name))
  for (let index = 0; index * 2 < items.length; index++) {
    const [armored, recipient] = [text(`age__list_${index}__map_enc`), text(`age__list_${index}__map_recipient`)]
    if (armored === '' || recipient === '') throw new Refusal('malformed', 'recipient')
    if (/[\x00-\x1f\x7f-\x9f]/.test(recipient)) throw new Refusal('malformed', 'recipient')
    keys.push({ recipient, armored })
  }
  if (keys.length === 0) throw new Refusal('malformed', 'no recipient')
  if (!/^[0-9]+\.[0-9]+\.[0-9]+$/.test(text('version'))) throw new Refusal('malformed', 'version')
  const rules = PLAIN_RULES.filter((kind) => text(kind) !== '')
  if (rules.length > 1) throw new Refusal('malformed', 'two rules')
  const kind = rules[0] ?? 'unencrypted_suffix'
  const rule = { kind, pattern: rules.length === 0 ? '_unencrypted' : text(kind) }
  isEncrypted(rule, [''], 'x') // an expression that does not compile is refused, used or not
  const flag = names.has('sops_mac_only_encrypted') ? text('mac_only_encrypted') : 'false'
  if (flag !== 'true' && flag !== 'false') throw new Refusal('malformed', 'mac_only_encrypted')
  const mac = names.get('sops_mac') ?? []
  if (mac.length === 0) throw new Refusal('malformed', 'no MAC')
  return { keys, rule, onlyEncrypted: flag === 'true', timestamp: readTime(text('lastmodified')), mac }
}

/** Section 7: each name is a value or a structure, each structure a map or a list, each list whole. */
function checkTree(names: readonly string[]): void {
  const children = new Map<string, Set<string>>()
  for (const name of names)
    for (let at = name.length; at > 0; at--) {
      const step = /^__(?:map|list)_/.exec(name.slice(at))
      if (step === null) continue
      const parent = name.slice(0, at)
      const child = name.slice(at).split(/(?=__map_|__list_)/)[0]!
      children.set(parent, (children.get(parent) ?? new Set()).add(child))
    }
  for (const [parent, steps] of children) {
    const lists = [...steps].filter((step) => step.startsWith('__list_'))
    if (names.includes(parent)) throw new Refusal('malformed', 'value and structure')
    if (lists.length > 0 && lists.length < steps.size) throw new Refusal('malformed', 'map and list')
    for (let index = 0; index < lists.length; index++)
      if (!steps.has(`__list_${index}`)) throw new Refusal('malformed', 'gap')
  }
}

function readTime(text: string): string {
  const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (time === null) throw new Refusal('malformed', 'time')
  const [, month = 0, day = 0, hour = 0, minute = 0, second = 0] = time[1]!.split(/[-T:]/).map(Number)
  const [zoneHour = 0, zoneMinute = 0] = time[3] === 'Z' ? [] : time[3]!.slice(1).split(':').map(Number)
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
  if (!inRange || zoneHour > 23 || zoneMinute > 59) throw new Refusal('malformed', 'time')
  return time[1] + (time[3] === '+00:00' || time[3] === '-00:00' ? 'Z' : time[3]!)
}

function sameBytes(one: Row, other: Row): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
