import { gzipSync } from 'node:zlib'
import { allRules } from '../../../src/core/scan/all-rules.ts'
import { detectDeep } from '../../../src/core/scan/decode/detect-deep.ts'
import { ScanText } from '../../../src/core/scan/engine/scan-text.ts'
import { traitsOf } from '../../../src/core/scan/generic/file-traits.ts'
import type { FuzzTarget } from '../target.ts'

const TEXT = Buffer.from('db: "postgres://app:correct-horse-battery@db.example.org/x"\nkey: "value of a key"\n')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const escaped = (bytes: Uint8Array) => [...bytes].map((byte) => `\\u00${hex(Buffer.from([byte]))}`).join('')
const percent = (bytes: Uint8Array) => [...bytes].map((byte) => `%${hex(Buffer.from([byte]))}`).join('')
const ENCODINGS = [hex, base64, escaped, percent, (bytes: Uint8Array) => base64(gzipSync(bytes))]

/** What is encoded, and encoded again. Detections lie within the text. */
export const decoders: FuzzTarget = {
  seeds: () =>
    ENCODINGS.flatMap((outer) => [outer(TEXT), ...ENCODINGS.map((inner) => outer(Buffer.from(inner(TEXT))))]).map(
      (text) => Buffer.from(`data: "${text}"\n`),
    ),
  words: ['H4sI', '\\x41', '\\u0041', '%41', '=', '==', 'AAAA', '-_', '\\u{41}'],
  async run(input) {
    const text = new ScanText(input)
    const { detections } = await detectDeep(text, traitsOf('x.yaml'), allRules())
    for (const { start, end } of detections)
      if (!(start >= 0 && start < end && end <= text.length)) throw new Error('a detection lies outside the text')
  },
}
