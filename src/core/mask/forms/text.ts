const SPECIAL = /([^A-Za-z0-9])/u

/** Who hides the masks: GitHub's runner, which makes some forms of each by itself, or a filter, which makes none. */
export type Masker = 'runner' | 'filter'

/** A text to derive forms from, with what several families need of it, worked out once. */
export class Text {
  readonly plain: string
  /** Whether its lines, each of which is hidden by itself, are nearly all there is of it: then line ends alone make no new form. */
  readonly hiddenByLine: boolean
  readonly masker: Masker
  /** Whether it has several lines. */
  readonly hasLines: boolean
  #bytes: Buffer | undefined
  #cores: readonly string[] | undefined
  #pieces: readonly string[] | undefined
  #specials: readonly string[] | undefined

  constructor(
    plain: string,
    { hiddenByLine = false, masker = 'runner' }: { hiddenByLine?: boolean; masker?: Masker } = {},
  ) {
    this.plain = plain
    this.hiddenByLine = hiddenByLine
    this.masker = masker
    this.hasLines = /[\r\n]/.test(plain)
  }

  /** In UTF-8. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.plain, 'utf8')
    return this.#bytes
  }

  /** What base64 of any text that holds this one holds; see base64Cores. */
  get cores(): readonly string[] {
    this.#cores ??= base64Cores(this.bytes)
    return this.#cores
  }

  /** By turns letters and digits of ASCII, and a character that is none; it begins and ends with letters, perhaps none. */
  get pieces(): readonly string[] {
    this.#pieces ??= this.plain.split(SPECIAL)
    return this.#pieces
  }

  /** The characters that are no letters and digits of ASCII, each once. */
  get specials(): readonly string[] {
    this.#specials ??= [...new Set(this.pieces.filter((_, at) => at % 2 === 1))]
    return this.#specials
  }
}

/**
 * What base64 of any text that holds these bytes has in common, for each of the three ways in which they can lie: three bytes
 * make four characters. The characters that share bits with a neighbour are cut, for nobody knows the neighbour.
 */
export function base64Cores(bytes: Uint8Array): string[] {
  const padded = Buffer.allocUnsafe(2 + bytes.length)
  padded.set([0, 0])
  padded.set(bytes, 2)
  return [0, 1, 2].map((shift) => {
    const from = Math.ceil((shift * 8) / 6)
    return padded.toString('base64', 2 - shift).slice(from, Math.floor(((shift + bytes.length) * 8) / 6))
  })
}
