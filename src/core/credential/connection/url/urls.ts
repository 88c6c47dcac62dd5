import { ambiguous } from '../refuse.ts'
import type { Reading, Slot } from '../slot.ts'
import { schemeOf } from './schemes.ts'
import { readUrl } from './url.ts'

/** RFC 3986 section 3.1, and the underscore that some dialects of SQLAlchemy have. */
const SCHEME = /[A-Za-z][A-Za-z0-9+._-]{0,31}$/
const LONGEST_SCHEME = 32
const MOST_URLS = 100

/** Reads a URL, or several with commas between them that have the same login, as clients of clusters take them. */
export function readUrls(value: string): Reading | null {
  const end = value.trimEnd().length
  const starts = startsOf(value)
  if (starts.length === 0 || starts.length > MOST_URLS || starts[0]!.from !== value.length - value.trimStart().length)
    return null
  const readings = starts.map(({ from, scheme }, index) => {
    const next = starts[index + 1]?.from ?? end
    const last = index === starts.length - 1 ? end : from + value.slice(from, next).replace(/[,\s]{1,8}$/, '').length
    if (/\s/.test(value.slice(from, last))) return null
    const start = from + scheme.length + 3
    return readUrl(value, { kind: 'url', scheme: schemeOf(scheme), start, end: last, plus: 'unclear' })
  })
  return readings.some((reading) => reading === null) ? null : together(readings as Reading[])
}

/** Where a scheme begins: at the beginning, or behind a comma. */
function startsOf(value: string): { readonly from: number; readonly scheme: string }[] {
  const starts: { from: number; scheme: string }[] = []
  for (let at = value.indexOf('://'); at >= 0 && starts.length <= MOST_URLS; at = value.indexOf('://', at + 3)) {
    const scheme = SCHEME.exec(value.slice(Math.max(0, at - LONGEST_SCHEME), at))?.[0]
    if (scheme === undefined) continue
    const from = at - scheme.length
    const before = value.slice(Math.max(0, from - 8), from).trimEnd()
    if (before === '' || before.endsWith(',')) starts.push({ from, scheme })
  }
  return starts
}

function together(readings: readonly Reading[]): Reading {
  const [first] = readings
  if (readings.length === 1) return first!
  const one = first!.connection
  const users = readings.flatMap((reading) => reading.users)
  const passwords = readings.flatMap((reading) => reading.passwords)
  const same = (slots: readonly Slot[]) => new Set(slots.map(({ text }) => text)).size <= 1
  const whole = [users, passwords].every((slots) => slots.length % readings.length === 0)
  if (!whole || !same(users) || !same(passwords)) throw ambiguous('has several addresses with different logins')
  if (readings.some(({ connection: { driver, tls } }) => driver !== one.driver || tls.mode !== one.tls.mode))
    throw ambiguous('has several addresses of different kinds')
  return {
    connection: { ...one, hosts: readings.flatMap(({ connection }) => connection.hosts) },
    users,
    passwords,
  }
}
