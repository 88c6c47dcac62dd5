import { Buffer } from 'node:buffer'
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { decodeBase64 } from './base64.ts'

/** One wrapping of the file key: `type` says by which recipient type, `args` and `body` are that type's own. */
export interface Stanza {
  readonly type: string
  readonly args: readonly string[]
  readonly body: Uint8Array
}

export interface Header {
  readonly stanzas: readonly Stanza[]
  readonly mac: Uint8Array
  /** The header as it was read, MAC line included. */
  readonly bytes: Uint8Array
  /** The part of it under the MAC: up to and including the three dashes. */
  readonly authenticated: Uint8Array
  readonly payload: Uint8Array
}

const VERSION_LINE = 'age-encryption.org/v1'
const COLUMNS = 64
const MAC_BYTES = 32

/**
 * Takes an age file apart by the grammar of c2sp.org/age, "ABNF definition of file header".
 *
 * @throws SealwardError malformed
 */
export function parseHeader(file: Uint8Array): Header {
  const lines = new Lines(file)
  if (lines.next() !== VERSION_LINE) throw broken('is not of version 1')
  const stanzas: Stanza[] = []
  let line = lines.next()
  for (; line.startsWith('-> '); line = lines.next()) stanzas.push(parseStanza(line, lines))
  if (stanzas.length === 0) throw broken('has no stanza')
  // A passphrase promises that nobody else can have written the file, so such a stanza stands alone.
  if (stanzas.length > 1 && stanzas.some(({ type }) => type === 'scrypt')) throw broken('mixes in a passphrase')
  const mac = line.startsWith('--- ') ? decodeBase64(line.slice(4), 'unpadded') : null
  if (mac?.length !== MAC_BYTES) throw broken('has no valid MAC line')
  const end = lines.position
  const authenticated = file.subarray(0, end - line.length - 1 + '---'.length)
  return { stanzas, mac, bytes: file.subarray(0, end), authenticated, payload: file.subarray(end) }
}

/**
 * Checks that whoever wrote the header knew the file key, so that no stanza was added, removed or altered since.
 *
 * @throws SealwardError malformed
 */
export function checkMac({ mac, authenticated }: Header, fileKey: Uint8Array): void {
  const key = new Uint8Array(hkdfSync('sha256', fileKey, '', 'header', MAC_BYTES))
  if (!timingSafeEqual(mac, createHmac('sha256', key).update(authenticated).digest()))
    throw broken('was altered: its MAC is wrong')
}

function parseStanza(line: string, lines: Lines): Stanza {
  const [type, ...args] = line.slice('-> '.length).split(' ')
  if (type === undefined || ![type, ...args].every((argument) => /^[!-~]+$/.test(argument)))
    throw broken('has a stanza with an invalid argument')
  const body: Uint8Array[] = []
  for (;;) {
    const text = lines.next()
    const bytes = text.length > COLUMNS ? null : decodeBase64(text, 'unpadded')
    if (bytes === null) throw broken('has a stanza with an invalid body')
    body.push(bytes)
    if (text.length < COLUMNS) return { type, args, body: Buffer.concat(body) }
  }
}

/** Lines that end in LF, one after the other, with the position in the file after the last one. */
class Lines {
  readonly #file: Buffer
  position = 0

  constructor(file: Uint8Array) {
    this.#file = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  }

  next(): string {
    const end = this.#file.indexOf('\n', this.position)
    if (end === -1) throw broken('is cut short')
    const line = this.#file.toString('latin1', this.position, end)
    this.position = end + 1
    return line
  }
}

function broken(how: string): SealwardError {
  return new SealwardError('malformed', `the header of the age file ${how}`)
}
