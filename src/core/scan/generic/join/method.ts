import {
  CLOSE,
  COLON,
  DOT,
  EQUALS,
  isBlank,
  isWordByte,
  OPEN,
  OPEN_BRACE,
  PIPE,
  QUESTION,
  skipBlanks,
} from '../bytes.ts'
import { type Around, type Join, join, lower, skipOne } from './join.ts'

/** What may follow the bracket behind a name, quoted (`element("password").fill("x")`) or not (`expect(password).toBe("x")`). */
export function afterClose(bytes: Uint8Array, at: number, around: Around): Join | null {
  const place = skipOne(bytes, at + 1, CLOSE)
  if (bytes[place] === DOT) return afterMethod(bytes, place + 1, around)
  const operator = skipBlanks(bytes, place)
  if (bytes[operator] === OPEN_BRACE)
    return isSymbol(bytes, around) ? join('assign', bytes, operator + 1, around) : null
  return around.quotedName ? afterRead(bytes, operator, around) : null
}

function afterMethod(bytes: Uint8Array, from: number, around: Around): Join | null {
  let end = from
  while (end < from + 24 && isWordByte(bytes[end])) end += 1
  const method = bytes[end] === OPEN ? lower(bytes, from, end) : ''
  if (around.quotedName && bytes[end] !== OPEN) return afterProperty(bytes, skipBlanks(bytes, end), around)
  if (MATCHERS.has(method)) return join('compare', bytes, end + 1, around)
  return around.quotedName && SETTERS.has(method) ? join('call', bytes, end + 1, around) : null
}

/** `byId("password").value = "x"`. */
function afterProperty(bytes: Uint8Array, at: number, around: Around): Join | null {
  const sets = bytes[at] === EQUALS && bytes[at + 1] !== EQUALS
  return sets ? join('assign', bytes, at + 1, around) : afterRead(bytes, at, around)
}

/** RSpec's `let(:name) { "x" }`. */
function isSymbol(bytes: Uint8Array, { name }: Around): boolean {
  return bytes[name.start - 1] === COLON
}

/** `getenv("NAME") or "x"`, `get("name") ?? "x"`, `param("name") == "x"`. */
function afterRead(bytes: Uint8Array, at: number, around: Around): Join | null {
  const [byte, next] = [bytes[at], bytes[at + 1]]
  if (byte === EQUALS && next === EQUALS) return join('compare', bytes, skipOne(bytes, at + 2, EQUALS), around)
  if ((byte === PIPE || byte === QUESTION) && next === byte) return join('assign', bytes, at + 2, around)
  return byte === 0x6f && next === 0x72 && isBlank(bytes[at + 2]) ? join('assign', bytes, at + 2, around) : null
}

/** Methods of test frameworks that compare. In lower case. */
const MATCHERS: ReadonlySet<string> = new Set(['tobe', 'toequal', 'tostrictequal', 'isequalto', 'equals', 'eq', 'is'])

/** Methods that set the thing they are called on, or compare it. In lower case. */
export const SETTERS: ReadonlySet<string> = new Set([
  'sendkeys',
  'send_keys',
  'fill',
  'type',
  'val',
  'setvalue',
  'set',
  'value',
  'input',
  'equals',
  'orelse',
  'or',
  'unwrap_or',
  'default',
  'defaultvalue',
  'entertext',
  'typetext',
])
