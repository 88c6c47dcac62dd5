import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { AT, COLON, isBlank, isBreak, isQuote, isWordByte } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import { isMadeUpPlace } from '../score.ts'
import { shapeOf } from '../value/shape.ts'
import { standInReason } from '../value/stand-in.ts'

const MAX_SCHEME = 24
const MAX_USER_INFO = 400
const DATABASE =
  /^(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|oracle|cockroachdb|clickhouse|neo4j|bolt|db2|ibmdb|couchbases?|cassandra|elasticsearch|memcached?|influxdb|mysql2|psycopg2?|pymysql|asyncpg|pymssql|valkey|tcp)(?:\+\w+)?$/i
const EXAMPLE_HOST =
  /^(?:(?:[\w-]+\.)*example(?:\.\w+)*|host(?:name)?|server|domain(?:\.\w+)?|\W.*|x+|foo(?:\.\w+)*|bar(?:\.\w+)*|(?:your|my(?!sql)|some)[-_.]?\w*(?:\.\w+)*|address|ip|url)(?::\w+)?$/i
const USELESS_USER = /^(?:user|username|usr|name|login|email|foo|u|your[-_]?\w+)$/i

/** Finds `scheme://user:password@host` round a `://`. */
export function readUrl(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const { bytes } = text
  const at = endOfUserInfo(bytes, hit + 3)
  if (at === null) return null
  const colon = bytes.subarray(hit + 3, at).indexOf(COLON)
  if (colon < 0 || hit + 3 + colon + 1 >= at) return null
  let scheme = hit
  while (scheme > hit - MAX_SCHEME && (isWordByte(bytes[scheme - 1]) || bytes[scheme - 1] === 0x2b)) scheme -= 1
  if (scheme === hit) return null
  const start = hit + 3 + colon + 1
  return judge(text, { scheme: text.slice(scheme, hit), user: text.slice(hit + 3, start - 1), start, end: at, traits })
}

/** Finds `user:password@tcp(host:3306)/database`, as drivers of Go take it. */
export function readDsn(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const { bytes } = text
  let from = hit
  while (
    from > hit - 200 &&
    from > 0 &&
    !isBlank(bytes[from - 1]) &&
    !isBreak(bytes[from - 1]) &&
    !isQuote(bytes[from - 1])
  )
    from -= 1
  const colon = bytes.subarray(from, hit).indexOf(COLON)
  if (colon <= 0 || from + colon + 1 === hit) return null
  const start = from + colon + 1
  return judge(text, { scheme: 'mysql', user: text.slice(from, start - 1), start, end: hit, traits })
}

/** The last `@` before the address goes on, ends, or is broken off. */
function endOfUserInfo(bytes: Uint8Array, from: number): number | null {
  let last: number | null = null
  for (let at = from; at < from + MAX_USER_INFO; at += 1) {
    const byte = bytes[at]
    if (byte === AT) last = at
    else if (
      byte === undefined ||
      isBlank(byte) ||
      isBreak(byte) ||
      isQuote(byte) ||
      byte === 0x2f ||
      byte === 0x5c ||
      byte === 0x3c ||
      byte === 0x3e ||
      byte === 0x2c ||
      byte === 0x29
    )
      break
  }
  return last
}

interface UserInfo {
  readonly scheme: string
  readonly user: string
  readonly start: number
  readonly end: number
  readonly traits: FileTraits
}

function judge(text: ScanText, { scheme, user, start, end, traits }: UserInfo): Detection | null {
  const password = text.slice(start, end)
  const host = /^[^/\s"'`?#\\,<>)]*/.exec(text.slice(end + 1, end + 101))![0]
  if (host === '' || (user === '' && !DATABASE.test(scheme)) || /[{}$|]/.test(user) || isStandIn(password, user))
    return null
  const shape = shapeOf(password)
  const weak = shape.wordy > 0.5 && shape.special === 0
  const madeUp = isMadeUpPlace(traits)
  const nobody = EXAMPLE_HOST.test(host) || USELESS_USER.test(user)
  if (nobody && (weak || shape.length < 8 || shape.digits === 0)) return null
  if (weak && shape.digits === 0 && (madeUp || password === user)) return null
  const doubts = [weak, madeUp, EXAMPLE_HOST.test(host), LOCAL_HOST.test(host)].filter(Boolean).length
  const confidence = doubts === 0 ? 'high' : doubts === 1 ? 'medium' : 'low'
  const reasons = [
    'a password in an address',
    ...(weak ? ['a word'] : []),
    ...(madeUp ? ['in a test, an example or documentation'] : []),
  ]
  const rule = DATABASE.test(scheme) ? 'database-url' : 'url-credentials'
  return { rule, start, end, severity: 'high', confidence, shown: 0, reasons }
}

const LOCAL_HOST = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1)/
const STAND_IN =
  /^(?:p|pw|pass|pwd|pswd|passw0rd|pass123|port|\d{1,5}|x-oauth-basic|x-access-token|test|secret|guest|abc|foo|bar|baz)$/i

/** `user:pass@`, `u:p@`, `:8080@`, `${user}:${pass}@`. */
function isStandIn(password: string, user: string): boolean {
  if (password.length < 3 || /^[%+]|\s/.test(password) || STAND_IN.test(password)) return true
  return standInReason(password, [user.toLowerCase()]) !== null
}
