import type { Family } from '../family.ts'

/** No literal, because V8 reads those of a file when it loads it, and this one lets it look up every mark there is. */
const MARKS = '\\p{M}'
const WIDE = /[^\0-\x7f]/gu

/** What becomes of letters beyond ASCII in programs that normalise, replace or misread them. */
export const unicode: Family = {
  name: 'other Unicode spellings',
  lines: 'all',
  sparesWords: true,
  *forms({ plain: text, bytes, isAscii }) {
    if (isAscii) return
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) yield text.normalize(form)
    yield text.normalize('NFD').replace(new RegExp(MARKS, 'gu'), '')
    for (const replacement of ['?', '\ufffd', '_']) yield text.replace(WIDE, replacement)
    const rest = text.replace(WIDE, '')
    if (rest.length * 4 >= text.length * 3) yield rest
    yield text.replace(/[^\0-\x7f]/g, '?') // one a UTF-16 unit
    yield text.replace(WIDE, (character) => '\ufffd'.repeat(Buffer.byteLength(character)))
    yield bytes.toString('latin1')
    yield new TextDecoder('windows-1252').decode(bytes)
  },
}
