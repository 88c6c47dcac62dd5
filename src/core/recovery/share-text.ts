import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { decodeBech32, encodeBech32 } from '../age/bech32.ts'
import type { Recipient } from '../age/recipient.ts'
import { SealwardError } from '../errors.ts'
import { isSplit, PART_BYTES, SET_BYTES, type Share, SharePart } from './share.ts'

/**
 * A share on paper. Four lines of Bech32 hold all of it, so that whoever types it in types nothing else:
 *
 *     1 version, 1 kind, 6 set, 1 number, 1 of, 1 threshold, 16 fingerprint of the recipient, 33 part, 4 checksum of it all
 *
 * 64 bytes, 16 a line. Bech32's own checksum stands in each line and finds up to four wrong letters; a line's number is a part of it, and a
 * line in the wrong place is found too. The checksum of it all finds lines of different shares.
 */
export const CODE_LINES = 4

const LINE_BYTES = 16
const LINE_LETTERS = 32
const GROUP = 4
const VERSION = 1
const KINDS = ['x25519', 'hybrid'] as const
const SET_AT = 2
const NUMBERS_AT = SET_AT + SET_BYTES
const FINGERPRINT_AT = NUMBERS_AT + 3
const PART_AT = FINGERPRINT_AT + 16
const SUM_BYTES = 4
const SHOWN = 16
/** Of a line without space round it: two runs of space beside each other would take cubic time. */
const LABELLED = /^([1-4])[ \t.:)]([A-Za-z0-9 \t-]+)$/
/** Texts of 255 shares, and more words round them than anybody writes. */
const TEXT_LIMIT = 1024 * 1024

/** A share as text, for a file or for paper. */
export function printShare(share: Share, recipient: Recipient): string {
  const { number, of, threshold, set } = share
  const named = recipient.kind === 'x25519' ? recipient.text : `${recipient.text.slice(0, SHOWN)}... (post-quantum)`
  return [
    `sealward key share, version ${VERSION}`,
    '',
    `key    ${named}`,
    `share  ${number} of ${of}; any ${threshold} of them make the key`,
    `set    ${set}`,
    '',
    ...codeOf(share).map((line, index) => `${index + 1}  ${grouped(line)}`),
    '',
    `Bring ${threshold} shares of this set together and run: sealward keys combine SHARE-FILE... -o FILE`,
    'From paper, run it without a share file and type the four numbered lines: it says at once which one is mistyped.',
    '',
  ].join('\n')
}

/**
 * Reads the shares of a text: every four numbered lines are one. Letter case, spaces and what else stands there do not count.
 *
 * @throws SealwardError malformed with the line, limit; no message holds a part of a share
 */
export function readShares(text: string): Share[] {
  if (text.length > TEXT_LIMIT) throw new SealwardError('limit', 'a file of shares is larger than 1 MiB')
  const shares: Share[] = []
  let pieces: Uint8Array[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const labelled = LABELLED.exec(line.trim())
    const code = labelled?.[2]?.trim() ?? ''
    if (labelled === null || !looksLikeCode(code)) continue
    const wanted = pieces.length + 1
    if (Number(labelled[1]) !== wanted)
      throw new SealwardError('malformed', `line ${wanted} of the share is missing before this one`, {
        line: index + 1,
      })
    const bytes = readCodeLine(code, wanted)
    if (typeof bytes === 'string') throw new SealwardError('malformed', bytes, { line: index + 1 })
    pieces.push(bytes)
    if (pieces.length < CODE_LINES) continue
    shares.push(readShare(pieces, index + 1))
    pieces = []
  }
  if (pieces.length > 0)
    throw new SealwardError('malformed', `a share is cut short: it has ${CODE_LINES} numbered lines`, {
      hint: `line ${pieces.length + 1} and those behind it are missing`,
    })
  return shares
}

/**
 * Reads one of the four lines, with or without its number in front.
 *
 * @returns its bytes, or what is wrong with it, in words that hold none of it
 */
export function readCodeLine(text: string, number: number): Uint8Array | string {
  const letters = text
    .replace(/^\s*[1-4][.:)]?\s+/, '')
    .replace(/[\s-]/g, '')
    .toLowerCase()
  if (letters.length !== LINE_LETTERS)
    return `line ${number} of the share has ${letters.length} letters and digits, and not ${LINE_LETTERS}`
  const decoded = decodeBech32(`${prefixOf(number)}1${letters}`)
  if (decoded === 'not bech32')
    return `line ${number} of the share has a character that none has: b, i, o and 1 are never in it`
  if (decoded === 'wrong checksum') return `line ${number} of the share is mistyped: its checksum is wrong`
  return decoded.bytes
}

/**
 * Puts the lines of a share together.
 *
 * @throws SealwardError malformed for lines of different shares, unsupported for a version that is not known
 */
export function readShare(pieces: readonly Uint8Array[], line?: number): Share {
  const where = line === undefined ? {} : { line }
  const bytes = Buffer.concat(pieces)
  const body = bytes.subarray(0, -SUM_BYTES)
  if (!sumOf(body).equals(bytes.subarray(-SUM_BYTES)))
    throw new SealwardError(
      'malformed',
      'these lines are of different shares: each is right, and together they are not',
      where,
    )
  const share = parseBody(body)
  if (share === null)
    throw new SealwardError('unsupported', 'a share of another version', {
      ...where,
      hint: 'a newer sealward reads it',
    })
  return share
}

/** A sentence about a file may begin like a line of code; it has other lengths. */
function looksLikeCode(text: string): boolean {
  const groups = text.split(/[\s-]+/)
  const isGrouped = groups.length >= GROUP && groups.every((group) => group.length <= 2 * GROUP)
  return isGrouped || text.length === LINE_LETTERS
}

function codeOf(share: Share): string[] {
  const body = Buffer.concat([
    Buffer.of(VERSION, KINDS.indexOf(share.kind)),
    Buffer.from(share.set, 'hex'),
    Buffer.of(share.number, share.of, share.threshold),
    Buffer.from(share.fingerprint, 'hex'),
    share.part.reveal(),
  ])
  const bytes = Buffer.concat([body, sumOf(body)])
  return Array.from({ length: CODE_LINES }, (_, index) => {
    const prefix = prefixOf(index + 1)
    const piece = bytes.subarray(index * LINE_BYTES, (index + 1) * LINE_BYTES)
    return encodeBech32(prefix, piece).slice(prefix.length + 1)
  })
}

/** @returns null for what no split of this version makes */
function parseBody(body: Buffer): Share | null {
  const [version, kindNumber = KINDS.length] = body
  const [number = 0, of = 0, threshold = 0] = body.subarray(NUMBERS_AT)
  const fingerprint = body.subarray(FINGERPRINT_AT, PART_AT).toString('hex')
  const part = new SharePart(Uint8Array.from(body.subarray(PART_AT, PART_AT + PART_BYTES)))
  const kind = KINDS[kindNumber]
  const isSound = version === VERSION && number >= 1 && number <= of && isSplit({ of, threshold })
  if (!isSound || kind === undefined) return null
  return { kind, set: body.toString('hex', SET_AT, NUMBERS_AT), number, of, threshold, fingerprint, part }
}

/** Not shown: it ties a line to its place, at no letter more to type. */
function prefixOf(line: number): string {
  return `sealward-share-${'abcd'.charAt(line - 1)}`
}

function sumOf(body: Uint8Array): Buffer {
  return createHash('sha256').update('sealward key share\n').update(body).digest().subarray(0, SUM_BYTES)
}

function grouped(letters: string): string {
  return letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join(' ')
}
