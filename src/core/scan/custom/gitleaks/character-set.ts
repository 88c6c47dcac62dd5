const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index))

/** Some of the printable characters of ASCII. */
export class CharacterSet {
  static readonly all = new CharacterSet(() => true)
  readonly #characters: ReadonlySet<string>

  constructor(has: (character: string) => boolean) {
    this.#characters = new Set(PRINTABLE.filter(has))
  }

  has(character: string): boolean {
    return this.#characters.has(character)
  }

  hasAll(characters: string): boolean {
    return [...characters].every((character) => this.has(character))
  }

  /** Rather not a blank; '' when there is none. */
  get first(): string {
    return [...this.#characters].find((character) => character !== ' ') ?? [...this.#characters][0] ?? ''
  }
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  w: /\w/,
  d: /\d/,
  s: /\s/,
  W: /\W/,
  D: /\D/,
  S: /\S/,
  alnum: /[a-zA-Z0-9]/,
  alpha: /[a-zA-Z]/,
  digit: /\d/,
  lower: /[a-z]/,
  upper: /[A-Z]/,
  xdigit: /[0-9a-fA-F]/,
  word: /\w/,
  space: /\s/,
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07' }

/** What a backslash and what follows it stand for: `\d`, `\x60`, `\.`. */
export function setOfEscape(written: string): CharacterSet | string | null {
  const letter = written.slice(1)
  if (/^x[0-9a-fA-F]{2}$/.test(letter)) return String.fromCharCode(Number.parseInt(letter.slice(1), 16))
  const known = CLASSES[letter]
  if (known !== undefined) return new CharacterSet((character) => known.test(character))
  if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter] as string
  return /^[^a-zA-Z0-9]$/.test(letter) ? letter : null
}

const ITEM = /\[:(\w+):\]|(\\x[0-9a-fA-F]{2}|\\.|[^\\])(?:-(\\x[0-9a-fA-F]{2}|\\.|[^\\\]]))?/y

/** A class in brackets, from its `[` on, and how long it is; null for one that is not understood. */
export function readClass(text: string): { readonly set: CharacterSet; readonly length: number } | null {
  const negated = text.startsWith('[^')
  const tests: ((character: string) => boolean)[] = []
  let at = negated ? 2 : 1
  while (at < text.length && (text[at] !== ']' || tests.length === 0)) {
    ITEM.lastIndex = at
    const item = ITEM.exec(text)
    const test = item === null ? null : testOf(item)
    if (item === null || test === null) return null
    tests.push(test)
    at += item[0].length
  }
  if (text[at] !== ']') return null
  return { set: new CharacterSet((character) => tests.some((test) => test(character)) !== negated), length: at + 1 }
}

function testOf([, name, from, to]: RegExpExecArray): ((character: string) => boolean) | null {
  if (name !== undefined) return (character) => CLASSES[name]?.test(character) ?? false
  const low = characterOf(from!)
  if (low === null) return null
  if (low instanceof CharacterSet) return (character) => low.has(character)
  if (to === undefined) return (character) => character === low
  const high = characterOf(to)
  return typeof high === 'string' ? (character) => low <= character && character <= high : null
}

function characterOf(text: string): CharacterSet | string | null {
  return text.startsWith('\\') ? setOfEscape(text) : text
}
