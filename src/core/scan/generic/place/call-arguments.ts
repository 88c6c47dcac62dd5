import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { isBlank, isQuote, isWordByte, skipSpace } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { NameVerdict } from '../name/judge-name.ts'
import { judgeValue } from '../value/judge-value.ts'
import { readQuoted } from './read-value.ts'

const PASSWORD: NameVerdict = { kind: 'password', strength: 3, words: [] }
const SECRET: NameVerdict = { kind: 'secret', strength: 3, words: ['key'] }

/** Calls that take a user and a password, and how many arguments stand before the password at least. */
const CALLS: readonly { readonly name: RegExp; readonly before: number; readonly judge: NameVerdict }[] = [
  {
    name: /(?:basic_?auth(?:entication)?|digestauth|credentials?|set_?credentials|authenticate|\bauth|login)$/i,
    before: 1,
    judge: PASSWORD,
  },
  {
    name: /(?:mysqli?_p?connect|pg_connect|ldap_bind|ftp_login|ssh2_auth_password|oci_connect|mssql_connect|getconnection|mysqli|pdo|mysqldb\.connect|pymysql\.connect)$/i,
    before: 2,
    judge: PASSWORD,
  },
  { name: /(?:jwt\.(?:sign|verify|encode|decode)|createhmac)$/i, before: 1, judge: SECRET },
]

const MAX_NAME = 48
const MAX_CALL = 400

/** Finds the password in `HTTPBasicAuth("user", "x")`, `mysql_connect(host, "user", "x")`, `auth=("user", "x")`. */
export function readCall(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const { bytes } = text
  let end = hit
  while (end < hit + MAX_NAME && (isWordByte(bytes[end]) || bytes[end] === 0x2e)) end += 1
  let open = end
  if (bytes[open] === 0x3d && bytes[open + 1] === 0x28) open += 1
  if (bytes[open] !== 0x28 && !(isBlank(bytes[open]) && isQuote(bytes[open + 1]))) return null
  let start = hit
  while (start > hit - MAX_NAME && (isWordByte(bytes[start - 1]) || bytes[start - 1] === 0x2e)) start -= 1
  const call = CALLS.find(({ name }) => name.test(text.slice(start, end)))
  return call === undefined ? null : judgeArgument(text, open + 1, call, traits)
}

function judgeArgument(
  text: ScanText,
  from: number,
  { before, judge }: (typeof CALLS)[number],
  traits: FileTraits,
): Detection | null {
  const at = placeOfArgument(text.bytes, from, before)
  const value = at === null ? null : readQuoted(text.bytes, at)
  if (value === null || value.composed) return null
  const verdict = judgeValue({ value: text.slice(value.start, value.end), quoted: true }, judge)
  if (verdict.points < 20) return null
  const doubtful = traits.test || traits.example || traits.minified || traits.syntax === 'docs'
  return {
    rule: judge.kind === 'password' ? 'generic-password' : 'generic-secret',
    start: value.start,
    end: value.end,
    severity: 'high',
    confidence: doubtful ? 'low' : 'medium',
    shown: 0,
    reasons: [
      judge.kind === 'password' ? 'the password of a call that logs in' : 'the key of a call that signs',
      verdict.reason,
    ],
  }
}

/** Where the argument behind so many others begins, when it is quoted. */
function placeOfArgument(bytes: Uint8Array, from: number, before: number): number | null {
  let commas = 0
  for (let at = from; at < from + MAX_CALL; at += 1) {
    const byte = bytes[at]
    if (byte === undefined || byte === 0x29 || byte === 0x3b || byte === 0x7b) return null
    if (isQuote(byte)) at = bytes.indexOf(byte, at + 1)
    if (at < 0) return null
    if (byte === 0x2c && ++commas === before) {
      const place = skipSpace(bytes, at + 1)
      return isQuote(bytes[place]) ? place : null
    }
  }
  return null
}
