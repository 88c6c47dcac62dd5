import { pairHosts } from '../hosts.ts'
import { firstOf, type Parameter, plainKey, slotsOf, valuesOf } from '../parameters.ts'
import { ambiguous } from '../refuse.ts'
import type { Reading, Slot } from '../slot.ts'
import { statedTls } from '../stated-tls.ts'

/** Of the parameter key words of libpq (PostgreSQL, section "Connection Strings") those that a connection string has at least one of. */
const TELLING = ['host', 'hostaddr', 'dbname', 'user', 'password', 'service', 'port']
const KEY_WORD = /[a-z_]/

/** Reads `host=h user=u password='p'`, quoted as libpq quotes: in `'` with a backslash in front of `'` and `\`. */
export function readLibpq(value: string): Reading | null {
  const parameters = readParameters(value)
  if (parameters === null || !parameters.some(({ name }) => TELLING.includes(name))) return null
  if (isOfAnotherKind(value, parameters)) return null
  const values = valuesOf(parameters)
  const [users, passwords] = [slotsOf(parameters, ['user']), slotsOf(parameters, ['password'])]
  if (users.length > 1) throw ambiguous('names a user twice')
  if (passwords.length > 1) throw ambiguous('has a password twice')
  return {
    connection: {
      kind: 'libpq',
      driver: 'postgres',
      hosts: pairHosts(firstOf(values, ['host', 'hostaddr']), values.get('port')),
      options: {},
      database: values.get('dbname') ?? null,
      tls: statedTls(values, 'postgres'),
    },
    users,
    passwords,
  }
}

/**
 * `host=h;user=u;password=p` has the form of one parameter, and is something else.
 *
 * @throws SealwardError unsupported for a password that may end at a `;`
 */
function isOfAnotherKind(value: string, parameters: readonly Parameter[]): boolean {
  const open = parameters.filter(
    ({ slot: { start, end } }) => value[start] !== "'" && value.slice(start, end).includes(';'),
  )
  if (open.some(({ name }) => name !== 'password') || (open.length > 0 && parameters.length === 1)) return true
  if (open.length > 0) throw ambiguous('has a ; in its password and no quotes around it')
  return false
}

/** Null for what is no such list. */
function readParameters(value: string): Parameter[] | null {
  const parameters: Parameter[] = []
  let at = skipSpace(value, 0)
  while (at < value.length) {
    const nameEnd = endOf(value, at, (character) => KEY_WORD.test(character))
    const equals = skipSpace(value, nameEnd)
    if (nameEnd === at || value[equals] !== '=') return null
    const slot = readValue(value, skipSpace(value, equals + 1))
    if (slot === null) return null
    const name = value.slice(at, nameEnd)
    parameters.push({ key: plainKey(name), name, slot })
    if (slot.end < value.length && !isSpace(value[slot.end]!)) return null
    at = skipSpace(value, slot.end)
  }
  return parameters
}

/** In both forms a backslash makes the next character an ordinary one. */
function readValue(value: string, start: number): Slot | null {
  const quoted = value[start] === "'"
  const characters: string[] = []
  let at = quoted ? start + 1 : start
  for (; at < value.length; at += 1) {
    const character = value[at]!
    if (quoted ? character === "'" : isSpace(character)) break
    if (character === '\\') at += 1
    characters.push(value[at] ?? '')
  }
  if (quoted && value[at] !== "'") return null
  return {
    start,
    end: quoted ? at + 1 : Math.min(at, value.length),
    text: characters.join(''),
    spell: quoted ? inQuotes : bareOrQuoted,
  }
}

function inQuotes(text: string): string | null {
  if (text.includes('\0') || !text.isWellFormed()) return null
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}

function bareOrQuoted(text: string): string | null {
  return /^[^\s'\\;=\0]+$/.test(text) && text.isWellFormed() ? text : inQuotes(text)
}

function endOf(value: string, start: number, belongs: (character: string) => boolean): number {
  let at = start
  while (at < value.length && belongs(value[at]!)) at += 1
  return at
}

function skipSpace(value: string, start: number): number {
  return endOf(value, start, isSpace)
}

/** As C's `isspace` has it: others are characters of the value. */
function isSpace(character: string): boolean {
  return /[ \t\n\v\f\r]/.test(character)
}
