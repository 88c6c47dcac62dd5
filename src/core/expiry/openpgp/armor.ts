import { Buffer } from 'node:buffer'

const BEGIN = /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g
const END = '-----END PGP '
/** The checksum, which RFC 9580 section 6.1 no longer has anyone look at, and everything that is no base64. */
const BODY_WORD = /^[A-Za-z0-9+/]+={0,2}$/
/** A public key packet in base64: `mQ`, `xs`; a secret one: `lQ`, `xc`. */
const BINARY = /^[lmx][A-Za-z0-9+/]{40,}={0,2}$/

/**
 * The keys in a text: blocks of ASCII armor (RFC 9580 section 6), or the whole text as base64 of a binary key. Lines may have been
 * joined by spaces. Whether it is a key at all is found out by its packets.
 */
export function keyBlocksIn(text: string): readonly Buffer[] {
  const blocks: Buffer[] = []
  BEGIN.lastIndex = 0
  for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
    const end = text.indexOf(END, BEGIN.lastIndex)
    // Nothing that follows ends either.
    if (end < 0) break
    blocks.push(bodyOf(text.slice(BEGIN.lastIndex, end)))
    BEGIN.lastIndex = end
  }
  if (blocks.length > 0) return blocks
  const joined = text.replace(/\s+/g, '')
  return BINARY.test(joined) ? [Buffer.from(joined, 'base64')] : []
}

function bodyOf(block: string): Buffer {
  const words = block
    .split(/[\r\n]+/)
    .filter((line) => !line.includes(':'))
    .flatMap((line) => line.trim().split(/[ \t]+/))
  return Buffer.from(words.filter((word) => BODY_WORD.test(word)).join(''), 'base64')
}
