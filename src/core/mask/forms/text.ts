import { base64Cores } from './cores.ts'

const SPECIAL = /([^A-Za-z0-9])/
const WIDE_SPECIAL = /([^A-Za-z0-9])/u
const WORD = /^[\w-]*$/

/** Who hides the masks: GitHub's runner, which makes some forms of each by itself, or a filter, which makes none. */
export type Masker = 'runner' | 'filter'

/** Whether a text is made of letters and digits of ASCII, `-` and `_` alone, as most tokens are: few writers touch these. */
export function isWord(text: string): boolean {
  return WORD.test(text)
}

/** A text to derive forms from, with what several families need of it, worked out once. */
export class Text {
  readonly plain: string
  /** Whether its lines, each of which is hidden by itself, are nearly all there is of it: then line ends alone make no new form. */
  readonly hiddenByLine: boolean
  readonly masker: Masker
  readonly isWord: boolean
  /** Whether it has several lines. */
  readonly hasLines: boolean
  #bytes: Buffer | undefined
  #hex: string | undefined
  #cores: readonly string[] | undefined
  #characters: readonly string[] | undefined
  #pieces: readonly string[] | undefined
  #specials: readonly string[] | undefined

  constructor(
    plain: string,
    { hiddenByLine = false, masker = 'runner' }: { hiddenByLine?: boolean; masker?: Masker } = {},
  ) {
    this.plain = plain
    this.hiddenByLine = hiddenByLine
    this.masker = masker
    this.isWord = isWord(plain)
    this.hasLines = !this.isWord && /[\r\n]/.test(plain)
  }

  /** In UTF-8. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.plain, 'utf8')
    return this.#bytes
  }

  /** Whether there is nothing beyond ASCII in it. */
  get isAscii(): boolean {
    return this.isWord || this.bytes.length === this.plain.length
  }

  /** Its bytes in hexadecimal. */
  get hex(): string {
    this.#hex ??= this.bytes.toString('hex')
    return this.#hex
  }

  /** What base64 of any text that holds this one holds; see base64Cores. */
  get cores(): readonly string[] {
    this.#cores ??= base64Cores(this.isAscii ? this.plain : this.bytes.toString('latin1'))
    return this.#cores
  }

  get characters(): readonly string[] {
    this.#characters ??= [...this.plain]
    return this.#characters
  }

  /** By turns letters and digits of ASCII, and a character that is none; it begins and ends with letters, perhaps none. */
  get pieces(): readonly string[] {
    this.#pieces ??= this.plain.split(this.isAscii ? SPECIAL : WIDE_SPECIAL)
    return this.#pieces
  }

  /** The characters that are no letters and digits of ASCII, each once. */
  get specials(): readonly string[] {
    this.#specials ??= [...new Set(this.pieces.filter((_, at) => at % 2 === 1))]
    return this.#specials
  }
}
