import type { Recipient } from '../age/recipient.ts'
import type { Document } from '../dotenv/document.ts'
import { printableName } from '../dotenv/names.ts'
import { SealwardError } from '../errors.ts'
import type { OpenedFile, OpenedVariable } from './decrypt.ts'
import type { EncryptedFile } from './file.ts'
import { newDataKey, wrapForAll } from './keys/data-key.ts'
import { isOneGroup, type KeyGroups } from './keys/key-groups.ts'
import { VALUE_BYTES, VARIABLES } from './limits.ts'
import { escapeLine, type StoredLine } from './text/lines.ts'
import { type Metadata, printMetadata } from './text/metadata.ts'
import { printTimestamp } from './text/timestamp.ts'
import { type Mac, startMac } from './values/mac.ts'
import { checkNewRule, compileRule, type Rule, type Selector } from './values/rule.ts'
import { sealValue } from './values/seal-value.ts'
import { looksSealed } from './values/sealed.ts'

/** Everything about a new file but its variables. */
export interface Envelope {
  /** Everybody who is in a key group, where there are several. */
  readonly recipients: readonly Recipient[]
  /** Absent where each of the recipients opens the file alone. */
  readonly keyGroups?: KeyGroups<Recipient>
  readonly rule: Rule
  readonly macOnlyEncrypted: boolean
  /** Names outside the grammar that may stay, because the file that is replaced has them. */
  readonly knownNames?: KnownNames
}

export interface NewlyEncrypted {
  readonly file: EncryptedFile
  readonly dataKey: Uint8Array
}

type KnownNames = Pick<ReadonlySet<string>, 'has'>

/** One pass over a document. `previous` gives the stored lines that may stay. */
interface Pass {
  readonly dataKey: Uint8Array
  readonly selector: Selector
  readonly mac: Mac
  readonly rule: Rule
  readonly knownNames: KnownNames
  readonly previous: Pick<OpenedFile, 'variables' | 'comments'>
}

const NOTHING: Pass['previous'] = { variables: new Map(), comments: new Map() }

/**
 * Encrypts a document under a fresh data key.
 *
 * @throws SealwardError no-recipients, policy-invalid, not-representable, name-invalid, duplicate or limit
 */
export async function encryptNew(document: Document, envelope: Envelope, now: Date): Promise<EncryptedFile> {
  return (await encryptAnew(document, envelope, now)).file
}

/** The same, with the data key that was drawn: to look at what was made, where no key at hand opens it. */
export async function encryptAnew(document: Document, envelope: Envelope, now: Date): Promise<NewlyEncrypted> {
  const { rule, macOnlyEncrypted, knownNames = new Set<string>() } = envelope
  checkNewRule(rule)
  const dataKey = newDataKey()
  const keys = await wrapKeys(dataKey, envelope)
  const { body, digest } = await sealBody(document, { dataKey, rule, macOnlyEncrypted, knownNames, previous: NOTHING })
  const timestamp = printTimestamp(now)
  const mac = sealMac(digest, dataKey, timestamp)
  const metadata = { ...keys, foreign: [], rule, macOnlyEncrypted, timestamp, mac }
  return { file: { lines: { body, metadata: printMetadata(metadata) }, metadata }, dataKey }
}

type WrappedKeys = Pick<Metadata, 'wrappedKeys' | 'shares'>

/**
 * Wraps a data key for whom an envelope is for, or shares of it.
 *
 * @throws SealwardError no-recipients, limit, recipient-invalid, policy-invalid
 */
export async function wrapKeys(
  dataKey: Uint8Array,
  { recipients, keyGroups }: Pick<Envelope, 'recipients' | 'keyGroups'>,
): Promise<WrappedKeys> {
  if (keyGroups === undefined || isOneGroup(keyGroups))
    return { wrappedKeys: await wrapForAll(dataKey, recipients), shares: null }
  const { wrapShares } = await import('./keys/shares.ts')
  const shares = await wrapShares(dataKey, keyGroups)
  return { wrappedKeys: shares.groups.flatMap(({ wrappedKeys }) => wrappedKeys), shares }
}

/**
 * Encrypts a document over an opened file, under the same data key: every unchanged line stays byte for byte.
 * docs/format.md section 4, "Unchanged means unchanged".
 *
 * @returns null when nothing changed, and nothing should be written
 * @throws SealwardError not-representable, name-invalid, duplicate or limit
 */
export async function encryptOver(opened: OpenedFile, document: Document, now: Date): Promise<EncryptedFile | null> {
  const { dataKey, file } = opened
  const { rule, macOnlyEncrypted } = file.metadata
  const settings = { dataKey, rule, macOnlyEncrypted, knownNames: opened.variables, previous: opened }
  const { body, digest } = await sealBody(document, settings)
  if (sameBody(body, file.lines.body)) return null
  const timestamp = printTimestamp(now)
  const mac = sealMac(digest, dataKey, timestamp)
  const changed = new Map([
    ['lastmodified', timestamp],
    ['mac', mac],
  ])
  const metadataLines = file.lines.metadata.map((line) => ({ ...line, stored: changed.get(line.name) ?? line.stored }))
  return { lines: { body, metadata: metadataLines }, metadata: { ...file.metadata, timestamp, mac } }
}

async function sealBody(
  document: Document,
  settings: Omit<Pass, 'selector' | 'mac'> & { readonly macOnlyEncrypted: boolean },
): Promise<{ body: StoredLine[]; digest: string }> {
  const mac = startMac(settings.macOnlyEncrypted)
  const selector = (await compileRule(settings.rule, 'policy-invalid'))()
  const comments = new Map([...settings.previous.comments].map(([text, stored]) => [text, stored.toReversed()]))
  const pass: Pass = { ...settings, selector, mac, previous: { variables: settings.previous.variables, comments } }
  const names = new Set<string>()
  const body = document.map((line, index): StoredLine => {
    if (line.kind === 'blank') return line
    if (line.kind === 'comment')
      return { kind: 'comment', stored: storeComment(line.text, pass, comments), line: index + 1 }
    refuseName(line.name, names, pass)
    return { kind: 'variable', name: line.name, stored: storeVariable(line.name, line.value, pass), line: index + 1 }
  })
  if (names.size > VARIABLES) throw new SealwardError('limit', `more than ${VARIABLES} variables`)
  return { body, digest: mac.digest() }
}

function storeVariable(name: string, value: string, pass: Pass): string {
  const encrypted = pass.selector.variable(name)
  const before = pass.previous.variables.get(name)
  if (before !== undefined && before.value === value && before.encrypted === encrypted) return keep(before, pass)
  const plaintext = Buffer.from(value, 'utf8')
  if (plaintext.length > VALUE_BYTES)
    throw new SealwardError('limit', `${printableName(name)}: a value of more than ${VALUE_BYTES} bytes`)
  if (!value.isWellFormed()) throw notRepresentable(name, 'is not well-formed Unicode')
  pass.mac.add(value, encrypted)
  if (!encrypted) return storePlain(name, value)
  return value === '' ? '' : sealValue(plaintext, { dataKey: pass.dataKey, context: `${name}:`, type: 'str' })
}

function keep(before: OpenedVariable, pass: Pass): string {
  pass.mac.add(before.plaintext, before.encrypted)
  return before.stored
}

function storePlain(name: string, value: string): string {
  if (value.includes('\\n') || value.includes('\r'))
    throw notRepresentable(name, 'is not encrypted by the rule, and holds a CR or the two characters backslash and n')
  return escapeLine(value)
}

/**
 * A comment with the same text keeps its stored line, first come first served (`kept` is last to first); it may be plain where
 * people wrote it by hand.
 */
function storeComment(text: string, pass: Pass, kept: Map<string, string[]>): string {
  const before = kept.get(text)?.pop()
  if (before !== undefined && !looksSealed(before)) {
    // The rule must see what a reader will see, and that may end in a CR that `text` has not.
    pass.selector.comment(before)
    return before
  }
  const encrypted = pass.selector.comment(text)
  if (before !== undefined && encrypted) return before
  if (/[\r\n]/.test(text)) throw new SealwardError('not-representable', 'a comment of several lines')
  if (!text.isWellFormed()) throw new SealwardError('not-representable', 'a comment is not well-formed Unicode')
  return encrypted && text !== '' ? sealComment(text, pass) : text
}

function sealComment(text: string, { dataKey, rule, selector }: Pass): string {
  const stored = sealValue(Buffer.from(text, 'utf8'), { dataKey, context: ':', type: 'comment' })
  if (rule.kind === 'unencrypted_comment_regex' && !selector.comment(stored))
    throw new SealwardError('not-representable', 'unencrypted_comment_regex would also match an encrypted comment')
  return stored
}

function refuseName(name: string, names: Set<string>, pass: Pass): void {
  if (names.has(name)) throw new SealwardError('duplicate', `${printableName(name)} stands twice`)
  names.add(name)
  if (name.startsWith('sops_')) throw new SealwardError('name-invalid', 'names that begin with sops_ are reserved')
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !pass.knownNames.has(name))
    throw new SealwardError('name-invalid', 'a name that is not of the form [A-Za-z_][A-Za-z0-9_]*')
}

function sealMac(digest: string, dataKey: Uint8Array, timestamp: string): string {
  return sealValue(Buffer.from(digest, 'ascii'), { dataKey, context: timestamp, type: 'str' })
}

function sameBody(one: readonly StoredLine[], other: readonly StoredLine[]): boolean {
  return one.length === other.length && one.every((line, index) => text(line) === text(other[index]!))
}

function text(line: StoredLine): string {
  if (line.kind === 'blank') return ''
  return line.kind === 'comment' ? `#${line.stored}` : `${line.name}=${line.stored}`
}

function notRepresentable(name: string, why: string): SealwardError {
  return new SealwardError('not-representable', `the value of ${printableName(name)} ${why}`)
}
