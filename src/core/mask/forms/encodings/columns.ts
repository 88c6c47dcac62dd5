import { base64Cores } from '../cores.ts'
import type { Family } from '../family.ts'
import { inBothAlphabets } from './base64.ts'

/** Line lengths of base64: GNU and MIME, and PEM. */
const GNU_COLUMNS = 76
const BASE64_COLUMNS = [GNU_COLUMNS, 64]
/** `xxd -p` prints 30 bytes a line. */
const HEX_COLUMNS = 60
const SHORTEST_PIECE = 8
/** From here on a value is a key or a document: forms that cost one mask for a few characters are for shorter ones. */
const LONG = 400
const LONGEST = 4096
const SHORT_TILE = 12
const TILE = 16
const LONG_TILE = 20

/** Base64 in lines, of a text that begins with the value. */
export const base64Lines: Family = {
  name: 'base64 in lines',
  forms: ({ cores: [core] }) => BASE64_COLUMNS.flatMap((columns) => pieces(core!, columns)),
}

/** Base64 in lines of base64 in lines: `base64 | base64`. */
export const base64TwiceLines: Family = {
  name: 'base64 of base64, in lines',
  longest: LONGEST,
  forms({ cores: [core] }) {
    if (core!.length <= GNU_COLUMNS) return []
    const [twice] = base64Cores(cut(core!, GNU_COLUMNS).join('\n'))
    return pieces(twice!, GNU_COLUMNS)
  },
}

/** Plain hex in lines, of a text that begins with the value. */
export const hexLines: Family = {
  name: 'hex in lines',
  forms: (text) => pieces(text.hex, HEX_COLUMNS),
}

/**
 * Base64 in lines where it is not known what stands before the value. Every core is cut into tiles so short that most of
 * them lie whole within a line of 48 columns or more, wherever the line ends fall.
 */
export const base64Tiles: Family = {
  name: 'base64 in lines, at any offset',
  longest: LONG,
  forms: ({ cores }) =>
    inBothAlphabets(cores.flatMap((core) => tiles(core, core.length <= GNU_COLUMNS ? SHORT_TILE : TILE))),
}

/** The same for texts as long as a private key, whose lines are full of them: the tiles can be longer. */
export const longBase64Tiles: Family = {
  name: 'long base64 in lines, at any offset',
  longest: LONGEST,
  forms: ({ plain, cores }) => (plain.length <= LONG ? [] : cores.flatMap((core) => tiles(core, LONG_TILE))),
}

/** Hex in lines where it is not known what stands before the value. */
export const hexTiles: Family = {
  name: 'hex in lines, at any offset',
  longest: LONG,
  forms: (text) => tiles(text.hex, TILE),
}

/** What fits in one line is not cut: other families have it whole. */
function pieces(encoded: string, columns: number): string[] {
  if (encoded.length <= columns) return []
  return cut(encoded, columns).filter((piece) => piece.length >= SHORTEST_PIECE)
}

/** The last tile overlaps the one before it, so that all are of the same length and nothing is left over. */
function tiles(encoded: string, length: number): string[] {
  if (encoded.length <= length) return []
  return cut(encoded, length).map((tile) => (tile.length === length ? tile : encoded.slice(-length)))
}

function cut(encoded: string, length: number): string[] {
  const lines: string[] = []
  for (let at = 0; at < encoded.length; at += length) lines.push(encoded.slice(at, at + length))
  return lines
}
