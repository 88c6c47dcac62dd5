import { DOT, EQUALS, isBlank, isWordByte, skipBlanks } from '../bytes.ts'
import { type Around, type Join, join, lower, skipOne } from './join.ts'

const OPEN = 0x28
const CLOSE = 0x29
const QUESTION = 0x3f
const PIPE = 0x7c

/** `element("password").sendKeys("value")`, `form["password"].value = "value"`. */
export function afterClose(bytes: Uint8Array, at: number, around: Around): Join | null {
  let place = skipOne(bytes, at + 1, CLOSE)
  if (bytes[place] === DOT) {
    const from = place + 1
    for (place = from; place < from + 24 && isWordByte(bytes[place]); ) place += 1
    if (bytes[place] === OPEN)
      return SETTERS.has(lower(bytes, from, place)) ? join('call', bytes, place + 1, around) : null
  }
  place = skipBlanks(bytes, place)
  if (bytes[place] === EQUALS && bytes[place + 1] === EQUALS)
    return join('compare', bytes, skipOne(bytes, place + 2, EQUALS), around)
  if (
    (bytes[place] === PIPE && bytes[place + 1] === PIPE) ||
    (bytes[place] === QUESTION && bytes[place + 1] === QUESTION)
  ) {
    return join('assign', bytes, place + 2, around)
  }
  if (bytes[place] === 0x6f && bytes[place + 1] === 0x72 && isBlank(bytes[place + 2]))
    return join('assign', bytes, place + 2, around)
  return null
}

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
