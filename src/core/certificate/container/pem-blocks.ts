import { Buffer } from 'node:buffer'

/** A block of PEM. */
export interface PemBlock {
  /** `CERTIFICATE` */
  readonly label: string
  /** Empty when what the block holds is no base64. */
  readonly der: Uint8Array
  /** The block as it is commonly written, with the headers of an old encrypted key: what Node reads keys from. */
  readonly text: string
  /** Of its first line in the text, from 1. */
  readonly line: number
}

const BEGIN = '-----BEGIN '
const DASHES = '-----'
const MAX_LABEL = 64
const MAX_BLOCKS = 1000
const WIDTH = 64
/** In a .env file or in JSON, line ends are often spelled out. */
const SPELLED_LINE_END = /\\{1,4}[rn]/g
const HEADER = /^[A-Za-z0-9-]{1,64}:/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Finds the blocks of PEM in a text. More lenient than RFC 7468, as the forms that values take in .env files are many: line ends may be
 * spelled out, or blanks instead. What is between two blocks is ignored, and so is a block without its end. At most a thousand are read.
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  const lines = new LineCount(text)
  for (
    let begin = text.indexOf(BEGIN);
    begin >= 0 && blocks.length < MAX_BLOCKS;
    begin = text.indexOf(BEGIN, begin + 1)
  ) {
    const labelEnd = text.indexOf(DASHES, begin + BEGIN.length)
    if (labelEnd < 0) break
    const label = text.slice(begin + BEGIN.length, labelEnd)
    if (label.length > MAX_LABEL) continue
    const end = text.indexOf(DASHES, labelEnd + DASHES.length)
    if (end < 0) break
    if (!text.startsWith(`${DASHES}END ${label}${DASHES}`, end)) continue
    blocks.push({ ...blockOf(label, text.slice(labelEnd + DASHES.length, end)), line: lines.at(begin) })
  }
  return blocks
}

function blockOf(label: string, inside: string): Omit<PemBlock, 'line'> {
  const lines = inside
    .replace(SPELLED_LINE_END, '\n')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
  const headers = lines.filter((line) => HEADER.test(line))
  const body = lines
    .filter((line) => !HEADER.test(line))
    .join('')
    .replace(/\s+/g, '')
  const wrapped = Array.from({ length: Math.ceil(body.length / WIDTH) }, (_, row) =>
    body.slice(row * WIDTH, (row + 1) * WIDTH),
  )
  const top = headers.length === 0 ? [] : [...headers, '']
  const text = [`${BEGIN}${label}${DASHES}`, ...top, ...wrapped, `${DASHES}END ${label}${DASHES}`, ''].join('\n')
  return { label, text, der: Buffer.from(BASE64.test(body) ? body : '', 'base64') }
}

/** Counts on from where it was, so that a thousand blocks do not read the text a thousand times. */
class LineCount {
  readonly #text: string
  #line = 1
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  /** @param offset not before the one asked for last */
  at(offset: number): number {
    for (let next = this.#text.indexOf('\n', this.#offset); next >= 0 && next < offset; ) {
      this.#line += 1
      this.#offset = next + 1
      next = this.#text.indexOf('\n', this.#offset)
    }
    return this.#line
  }
}
