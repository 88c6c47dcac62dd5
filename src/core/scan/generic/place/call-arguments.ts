import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { CLOSE, COMMA, isBlank, isQuote, isWordByte, OPEN_BRACE, SEMICOLON, skipSpace } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { NameVerdict } from '../name/judge-name.ts'
import { isMadeUpPlace } from '../score.ts'
import { judgeValue } from '../value/judge-value.ts'
import { readQuoted } from '../value/read-value.ts'

const PASSWORD: NameVerdict = { kind: 'password', strength: 3, words: [] }
const SECRET: NameVerdict = { kind: 'secret', strength: 3, words: ['key'] }

interface Call {
  readonly name: RegExp
  /** How many arguments stand before the secret at least. */
  readonly before: number
  readonly judge: NameVerdict
  /** The call takes other things as well: only a value that is a password by its looks counts. */
  readonly strict?: boolean
}

/** Calls that take a user and a password, or a key. */
const CALLS: readonly Call[] = [
  {
    name: /(?:basic_?auth(?:entication)?|digestauth|credentials?|set_?credentials|authenticate|\bauth|login|userpassword|passwordauthentication|usernamepassword\w{0,24})$/i,
    before: 1,
    judge: PASSWORD,
  },
  {
    name: /(?:mysqli?_p?connect|pg_connect|ldap_bind|ftp_login|ssh2_auth_password|oci_connect|mssql_connect|getconnection|mysqli|pdo|mysqldb\.connect|pymysql\.connect)$/i,
    before: 2,
    judge: PASSWORD,
  },
  { name: /(?:jwt\.(?:sign|verify|encode|decode)|createhmac)$/i, before: 1, judge: SECRET },
  {
    name: /(?:(?:^|[._])connect|sign_?in|log_?on|add_?login|create_?user|add_?user)$/i,
    before: 1,
    judge: PASSWORD,
    strict: true,
  },
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

function judgeArgument(text: ScanText, from: number, call: Call, traits: FileTraits): Detection | null {
  const at = placeOfArgument(text.bytes, from, call)
  const value = at === null ? null : readQuoted(text.bytes, at)
  if (value === null || value.composed) return null
  const content = text.slice(value.start, value.end)
  const verdict = judgeValue({ value: content, quoted: true }, call.judge)
  if (verdict.points < 20 || (call.strict && !looksLikePassword(content, verdict.points))) return null
  const sure = verdict.points > 30 && !call.strict
  const signsIn = call.judge.kind === 'password'
  return {
    rule: signsIn ? 'generic-password' : 'generic-secret',
    start: value.start,
    end: value.end,
    severity: 'high',
    confidence: isMadeUpPlace(traits) || traits.minified ? 'low' : sure ? 'high' : 'medium',
    shown: 0,
    reasons: [signsIn ? 'the password of a call that logs in' : 'the key of a call that signs', verdict.reason],
  }
}

/** `connect("host", "utf8mb4")` and `connect("clicked", "onClick2")` have no password. */
function looksLikePassword(value: string, points: number): boolean {
  const special = /[!@#$%^&*+=~?]/.test(value)
  return (
    /\d/.test(value) && (special || (value.length >= 7 && (points > 30 || /[A-Z]/.test(value) || /^\d/.test(value))))
  )
}

/** Where the argument behind so many others begins, when it is quoted; of a strict call, the last one. */
function placeOfArgument(bytes: Uint8Array, from: number, { before, strict }: Call): number | null {
  let commas = 0
  let last: number | null = null
  for (let at = from; at < from + MAX_CALL; at += 1) {
    const byte = bytes[at]
    if (byte === undefined || byte === CLOSE || byte === SEMICOLON || byte === OPEN_BRACE) return last
    if (isQuote(byte)) at = bytes.indexOf(byte, at + 1)
    if (at < 0) return null
    if (byte !== COMMA || ++commas < before) continue
    const place = skipSpace(bytes, at + 1)
    last = isQuote(bytes[place]) ? place : null
    if (!strict) return last
  }
  return null
}
