import type { Family } from '../family.ts'
import { spell, spellAs, Writers } from '../spelling.ts'
import { Text } from '../text.ts'
import { type BackslashStyle, backslash, U4, u4 } from './backslash.ts'

const LINE_ENDS = '\u2028\u2029'
/** RFC 8259 section 7. */
const NAMED = { '\b': '\\b', '\f': '\\f' } as const

const STYLES: readonly BackslashStyle[] = [
  { marked: '"', code: u4 }, // the least: JSON.stringify, jq
  { marked: '"', code: u4, ascii: true }, // Python
  { marked: '"', code: U4, ascii: true }, // Jackson
  { marked: '"', code: u4, coded: `<>&${LINE_ENDS}` }, // Go, Rails
  { marked: '"', code: u4, coded: '<>&', ascii: true },
  { marked: '"', code: u4, coded: "<>&'" }, // PowerShell 5
  { marked: '"', code: u4, coded: "<>&='" }, // Gson
  { marked: '"', code: U4, coded: '<>&' }, // Django
  { code: U4, coded: '"&\'+<>`', ascii: true }, // System.Text.Json
  { marked: '"/', code: u4 }, // PHP with JSON_UNESCAPED_UNICODE, Ruby's script_safe
  { marked: '"/', code: u4, ascii: true }, // PHP
  { marked: '/', code: u4, coded: '"<>&\'', ascii: true }, // PHP with JSON_HEX_*
  { marked: '/', code: u4, coded: `"<>&'+\`` }, // Go's templates
  { marked: '"\'', code: U4, coded: '<>&=\n\r\t' }, // Go's JSEscapeString
]

const SPELLINGS = STYLES.map((style) => backslash({ ...style, named: NAMED }))
const WRITERS = new Writers(() => SPELLINGS)
/** Those that differ on what the others wrote: a backslash, a quote, a slash. */
const OUTER = new Writers(() => [SPELLINGS[0]!, SPELLINGS[8]!, SPELLINGS[9]!])

/** As a JSON string, by every writer. */
export const json: Family = {
  name: 'JSON',
  leaves: true,
  longest: Number.POSITIVE_INFINITY,
  sparesWords: true,
  forms: (text) => spell(text, WRITERS),
}

/** A JSON string inside a JSON string, and once more: logs of logs, annotations, request bodies in error reports. */
export const jsonTwice: Family = {
  name: 'JSON in JSON',
  sparesWords: true,
  *forms(text) {
    const once = spell(text, WRITERS)
    if (once.length === 0) return
    for (const inner of [text.plain, ...once]) yield* spell(new Text(inner), OUTER)
    yield asJson(asJson(asJson(text.plain)))
  },
}

/** As JSON.stringify writes it, without the quotes. */
export function asJson(text: string): string {
  return spellAs(text, SPELLINGS[0]!)
}
