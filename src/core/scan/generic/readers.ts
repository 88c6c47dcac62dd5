import type { Detection } from '../detection.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { COLON } from './bytes.ts'
import type { FileTraits } from './file-traits.ts'
import { readCall } from './place/call-arguments.ts'
import { readChpasswd, readCommand } from './place/command-line.ts'
import { readHashedLine, readPgpassLine } from './place/credential-line.ts'
import { readScheme } from './place/header.ts'
import { readIdentifiedBy } from './place/identified-by.ts'
import { readJwk } from './place/jwk.ts'
import { readKubernetesSecret } from './place/kubernetes-secret.ts'
import { readLoginHint } from './place/login-hint.ts'
import { readSqlInsert } from './place/sql-insert.ts'
import { readDsn, readUrl } from './place/url.ts'

/** Reads a secret at a literal that is more than a part of a name. Looks first whether the place is its own. */
export type Reader = (text: ScanText, hit: number, file: FileTraits) => Detection | null | readonly Detection[]

/** Words of names of which some are also a part of a call, a command or a manifest. */
export const NAME_READERS: readonly (readonly [literal: string, reader: Reader])[] = [
  ['pass', readSshpass],
  ['pass', readChpasswdAt],
  ['pass', readCall],
  ['auth', readCall],
  ['cred', readCall],
  ['cred', readLoginHint],
  ['secret', readManifest],
  ['secret', readEnableSecret],
]

/** Literals that stand for a place of their own. */
export const PLACE_READERS: readonly (readonly [literal: string, reader: Reader])[] = [
  ['://', readUrl],
  ['@tcp(', readDsn],
  ['basic ', readScheme],
  ['bearer ', readScheme],
  ['identified by', readIdentifiedBy],
  ['insert into', readSqlInsert],
  ['kty', readJwk],
  ['curl', readCommand],
  ['mysql', readCommand],
  ['mysql', readCall],
  ['mongo', readCommand],
  ['redis-cli', readCommand],
  ['docker login', readCommand],
  ['keytool', readCommand],
  ['net user', readCommand],
  ['snmp-server community', readCommand],
  ['securestring', readCommand],
  ['connect(', readCall],
  ['getconnection', readCall],
  ['pdo(', readCall],
  ['ldap_bind', readCall],
  ['login(', readCall],
  ['login ', readLoginHint],
  ['login:', readLoginHint],
  ['log in with', readLoginHint],
  ['sign in with', readLoginHint],
  ['signin(', readCall],
  ['addlogin', readCall],
  ['createuser(', readCall],
  ['adduser(', readCall],
  ['jwt.', readCall],
  ['createhmac', readCall],
  ['admin:', readLoginHint],
  ['root:', readLoginHint],
  [':5432:', readPgpassLine],
  [':5433:', readPgpassLine],
  [':6432:', readPgpassLine],
  [':*:', readPgpassLine],
  ['$apr1$', readHashedLine],
  ['$2a$', readHashedLine],
  ['$2b$', readHashedLine],
  ['$2y$', readHashedLine],
  [':$1$', readHashBehindColon],
  [':$5$', readHashBehindColon],
  [':$6$', readHashBehindColon],
  [':$y$', readHashBehindColon],
  [':{sha}', readHashBehindColon],
]

/** A literal of three characters has no fourth. */
const ANY = -1

/** A reader, and the third and fourth byte of its literal with the bit set that tells letter cases apart. */
interface Entry {
  readonly third: number
  readonly fourth: number
  readonly reader: Reader
}

/** Which readers want a place, by its first two bytes: an index of `ENTRIES`. Made once, of a few dozen rows. */
const BY_START = new Uint8Array(1 << 16)
const ENTRIES: Entry[][] = [[]]

for (const [literal, reader] of [...PLACE_READERS, ...NAME_READERS]) {
  const [first = 0, second = 0, third = 0, fourth = ANY] = Array.from(literal, (letter) => folded(letter.charCodeAt(0)))
  const start = (first << 8) | second
  if (BY_START[start] === 0) BY_START[start] = ENTRIES.push([]) - 1
  ENTRIES[BY_START[start] as number]?.push({ third, fourth, reader })
}

/** Asks the readers whose literal may begin at a place, until one finds something. Run at each hit: plain loops, no iterators. */
export function readPlace(text: ScanText, hit: number, file: FileTraits): Detection | null | readonly Detection[] {
  const { bytes } = text
  const list = BY_START[(folded(bytes[hit]) << 8) | folded(bytes[hit + 1])]
  if (!list) return null
  const entries = ENTRIES[list] as readonly Entry[]
  const third = folded(bytes[hit + 2])
  const fourth = folded(bytes[hit + 3])
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] as Entry
    if (entry.third !== third || (entry.fourth !== fourth && entry.fourth !== ANY)) continue
    const found = entry.reader(text, hit, file)
    if (found !== null) return found
  }
  return null
}

/** That other bytes than letters fall together does no harm: each reader looks again. */
function folded(byte = 0): number {
  return byte | 0x20
}

function readHashBehindColon(text: ScanText, hit: number): Detection | null {
  return readHashedLine(text, hit + 1)
}

/** `sshpass`, of which the literal is the end. */
function readSshpass(text: ScanText, hit: number, file: FileTraits): Detection | null {
  return isLetter(text, hit - 1, 'h') && isLetter(text, hit - 3, 's') ? readCommand(text, hit - 3, file) : null
}

function readChpasswdAt(text: ScanText, hit: number, file: FileTraits): Detection | null {
  return isLetter(text, hit - 1, 'h') && isLetter(text, hit - 2, 'c') ? readChpasswd(text, hit, file) : null
}

/** Cisco's `enable secret x`. */
function readEnableSecret(text: ScanText, hit: number, file: FileTraits): Detection | null {
  return isLetter(text, hit - 7, 'e') && isLetter(text, hit - 2, 'e') ? readCommand(text, hit - 7, file) : null
}

/** `kind: Secret`: a colon and a blank or a quote before the word. */
function readManifest(text: ScanText, hit: number): readonly Detection[] | null {
  const { bytes } = text
  if (bytes[hit] !== 0x53 || (bytes[hit - 2] !== COLON && bytes[hit - 3] !== COLON)) return null
  const found = readKubernetesSecret(text, hit)
  return found.length === 0 ? null : found
}

function isLetter({ bytes }: ScanText, at: number, letter: string): boolean {
  return ((bytes[at] ?? 0) | 0x20) === letter.charCodeAt(0)
}
