import type { Detection } from '../detection.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { readAssignment } from './assignment.ts'
import { COLON, DOLLAR } from './bytes.ts'
import type { FileTraits } from './file-traits.ts'
import { readCall } from './place/call-arguments.ts'
import { readCommand } from './place/command-line.ts'
import { readCredentialLine, readHashedLine, readPgpassLine } from './place/credential-line.ts'
import { readScheme } from './place/header.ts'
import { readIdentifiedBy } from './place/identified-by.ts'
import { readJwk } from './place/jwk.ts'
import { readKubernetesSecret } from './place/kubernetes-secret.ts'
import { readSqlInsert } from './place/sql-insert.ts'
import { readDsn, readUrl } from './place/url.ts'

/**
 * Finds secrets that no vendor's shape gives away: by their names, their places and how they look.
 * @param hits where GENERIC_LITERALS stand in the text, sorted
 */
export function findGeneric(text: ScanText, hits: readonly number[], file: FileTraits): Detection[] {
  if (file.silent) return []
  const found: Detection[] = []
  let nameEnd = 0
  for (const hit of hits) {
    const special = readSpecial(text, hit, file)
    for (const detection of special) found.push(detection)
    if (special.length > 0 || hit < nameEnd || !isLetter(text.bytes[hit])) continue
    const assignment = readAssignment(text, hit, file)
    if (assignment === null) continue
    nameEnd = assignment.nameEnd
    if (assignment.detection !== null) found.push(assignment.detection)
  }
  return withoutOverlaps(found)
}

const NONE: readonly Detection[] = []

type Reader = (text: ScanText, hit: number, file: FileTraits) => Detection | null | readonly Detection[]

/** What a literal can mean other than a name, by its first letter. Each reader looks at once whether the place is its own. */
const READERS: Readonly<Record<string, Reader>> = {
  ':': readAfterColon,
  '@': readDsn,
  $: readHashedLine,
  b: readScheme, // basic, bearer
  c: (text, hit, file) =>
    lower(text.bytes[hit + 1]) === 0x75 ? readCommand(text, hit, file) : readCall(text, hit, file), // curl; cred, createhmac
  d: readCommand, // docker login
  r: readCommand, // redis-cli
  m: (text, hit, file) => readCommand(text, hit, file) ?? readCall(text, hit, file), // mysql
  i: (text, hit, file) =>
    lower(text.bytes[hit + 1]) === 0x64 ? readIdentifiedBy(text, hit, file) : readSqlInsert(text, hit, file),
  k: (text, hit) => (lower(text.bytes[hit + 1]) === 0x74 ? readJwk(text, hit) : null), // kty; key
  s: readAfterS,
  p: (text, hit, file) =>
    lower(text.bytes[hit + 1]) === 0x64 ? readCall(text, hit, file) : readSshpass(text, hit, file), // pdo(; pass
  a: readCall, // auth
  g: readCall, // getconnection
  _: readCall, // _connect(
  l: readCall, // login(, ldap_bind
  j: readCall, // jwt.
}

const BY_BYTE: readonly (Reader | undefined)[] = Array.from(
  { length: 256 },
  (_, byte) => READERS[String.fromCharCode(byte)],
)

function readSpecial(text: ScanText, hit: number, file: FileTraits): readonly Detection[] {
  if (file.credentialFile !== null) return asList(readCredentialLine(text, hit, file.credentialFile))
  const found = BY_BYTE[lower(text.bytes[hit])]?.(text, hit, file) ?? null
  return found === null ? NONE : Array.isArray(found) ? found : asList(found as Detection)
}

function readAfterColon(text: ScanText, hit: number, file: FileTraits): Detection | null {
  const next = text.bytes[hit + 1]
  if (next === 0x2f) return readUrl(text, hit, file)
  return next === DOLLAR || next === 0x7b ? readHashedLine(text, hit + 1) : readPgpassLine(text, hit)
}

/** securestring; secret, salt, seed. */
function readAfterS(text: ScanText, hit: number, file: FileTraits): Detection | null | readonly Detection[] {
  if (lower(text.bytes[hit + 1]) !== 0x65) return null
  if (lower(text.bytes[hit + 3]) === 0x75) return readCommand(text, hit, file)
  return isKindLine(text.bytes, hit) ? readKubernetesSecret(text, hit) : null
}

function readSshpass(text: ScanText, hit: number, file: FileTraits): Detection | null {
  return lower(text.bytes[hit - 1]) === 0x68 && lower(text.bytes[hit - 2]) === 0x73
    ? readCommand(text, hit - 3, file)
    : null
}

/** `kind: Secret`: a letter `d`, then a colon and a blank or a quote, before the word. */
function isKindLine(bytes: Uint8Array, hit: number): boolean {
  return (bytes[hit - 2] === COLON || bytes[hit - 3] === COLON) && bytes[hit] === 0x53
}

function isLetter(byte: number | undefined): boolean {
  const letter = lower(byte)
  return letter >= 0x61 && letter <= 0x7a
}

function lower(byte: number | undefined): number {
  return byte === undefined ? 0 : byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

function asList(detection: Detection | null): readonly Detection[] {
  return detection === null ? NONE : [detection]
}

/** One secret is reported once: an address inside an assignment goes before the assignment, as it says more. */
function withoutOverlaps(found: Detection[]): Detection[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Detection[] = []
  for (const detection of found) {
    const last = kept.at(-1)
    if (last === undefined || detection.start >= last.end) kept.push(detection)
    else if (last.rule.startsWith('generic-') && !detection.rule.startsWith('generic-'))
      kept[kept.length - 1] = detection
  }
  return kept
}
