/** Why a text is not hidden: it stands in every log, and hiding it would make logs unreadable and job outputs vanish. */
export type Why = 'short' | 'boolean' | 'number' | 'brackets'

const WORDS = /^(?:true|false|yes|no|on|off|null|nil|none|undefined|nan|void|enabled?|disabled?)$/i
/** Ports, counts, seconds, small decimals. A PIN of six digits is a secret. */
const SMALL_NUMBER = /^[+-]?\d{1,5}(?:\.\d{1,4})?$/
const BRACKETS = /^[\s{}()[\]<>,;:]*$/

/** The longest small number, and longer than those words. */
const LONGEST = 11

/** @returns why the text must not be hidden, or null when it can be */
export function whyNot(text: string, minLength: number): Why | null {
  if (text.length <= LONGEST) {
    if (WORDS.test(text)) return 'boolean'
    if (SMALL_NUMBER.test(text)) return 'number'
  }
  if (BRACKETS.test(text)) return 'brackets'
  return text.length < minLength ? 'short' : null
}

const MARKER = /^-{3,5} ?(?:BEGIN|END) [^-]{1,64}-{3,5}$/
const RULER = /^[-=#*_~.+|/\s]+$/
const HEADING = /^(?:\[{1,2}[\w .\-/"]{1,64}\]{1,2}|<[?/]?[\w:.-]{1,64}[?/]?>)$/
const KEY = /^(?:- )?["']?[\w.$/-]{1,64}["']?\s*([:=])\s*(.*)$/
const QUOTED = /^(["'])(.*)\1$/

/** Whether a line gives a text its shape and no content: `-----BEGIN CERTIFICATE-----`, `"data": {`, `[default]`, `"on": true`. */
export function isStructure(line: string): boolean {
  if (MARKER.test(line) || RULER.test(line) || HEADING.test(line)) return true
  const quoted = QUOTED.exec(line)?.[2]
  if (quoted !== undefined) return isOrdinary(quoted) || isTrivial(quoted)
  const [, sign, rest] = KEY.exec(line) ?? []
  if (rest === undefined) return false
  // A line of base64 may end in `=`: that is no name without a value.
  return rest === '' ? sign === ':' : /^[[{|>][-+]?$/.test(rest) || isTrivial(rest)
}

function isTrivial(text: string): boolean {
  const why = whyNot(text.replace(/["',;]/g, ''), 1)
  return why !== null && why !== 'short'
}

/** Words with nothing secret about them: `service_account`, `localhost`, `eu-central`. */
export function isOrdinary(text: string): boolean {
  return /^[a-z]+(?:[._-][a-z]+)*$/i.test(text)
}

const OPAQUE_LENGTH = 16
/** As many stretches of letters and of digits: `ec2east1` has four. */
const OPAQUE_STRETCHES = 5

/** Whether letters and digits were drawn, not written: the stretches of digits, and of letters that make a word, are short or many. */
export function isOpaque(run: string): boolean {
  if (run.length < OPAQUE_LENGTH || run.startsWith('eyJ')) return false // `{"` in base64: every JWT begins so
  const stretches = run.match(/[0-9]+|[A-Z]?[a-z]+|[A-Z]+/g) ?? []
  return stretches.length * 4 > run.length || (run.match(/[0-9]+|[A-Za-z]+/g) ?? []).length >= OPAQUE_STRETCHES
}
