import type { Family } from '../family.ts'
import { type BackslashStyle, backslash, U4, u4 } from './backslash.ts'

const LINE_ENDS = '\u2028\u2029'

/** The writers of JSON that differ, each by one who does it. */
const STYLES: readonly BackslashStyle[] = [
  { marked: '"', code: u4 }, // RFC 8259: the least
  { marked: '"', code: u4, ascii: true }, // Python, jq -a
  { marked: '"', code: U4, ascii: true }, // Jackson
  { marked: '"', code: u4, coded: `<>&${LINE_ENDS}` }, // Go, Rails
  { marked: '"', code: u4, coded: '<>&', ascii: true },
  { marked: '"', code: u4, coded: "<>&'" }, // PowerShell 5
  { marked: '"', code: u4, coded: "<>&='" }, // Gson
  { marked: '"', code: U4, coded: '<>&' }, // Django
  { code: U4, coded: '"&\'+<>`', ascii: true }, // System.Text.Json
  { marked: '"/', code: u4 }, // PHP with JSON_UNESCAPED_UNICODE, Ruby's script_safe
  { marked: '"/', code: u4, ascii: true }, // PHP
  { marked: '"/', code: u4, coded: "<>&'", ascii: true }, // PHP with JSON_HEX_*
]

/** As a JSON string, by every writer. */
export const json: Family = {
  name: 'JSON',
  leaves: true,
  lines: true,
  forms: (text) => STYLES.map((style) => write(text, style)),
}

/** A JSON string inside a JSON string, and once more: logs of logs, annotations, request bodies in error reports. */
export const jsonTwice: Family = {
  name: 'JSON in JSON',
  leaves: true,
  *forms(text) {
    const once = [...new Set(STYLES.map((style) => write(text, style)))]
    for (const style of [...STYLES.slice(0, 2), ...STYLES.slice(-3)]) for (const form of once) yield write(form, style)
    const twice = write(write(text, STYLES[0]!), STYLES[0]!)
    yield write(twice, STYLES[0]!)
  },
}

/** RFC 8259 section 7 has short names for two more of the control characters. */
function write(text: string, style: BackslashStyle): string {
  return backslash(text, { ...style, code: (character) => SHORT[character] ?? style.code(character) })
}

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f' }

/** As JSON.stringify writes it, without the quotes. */
export function asJson(text: string): string {
  return write(text, STYLES[0]!)
}
