import { Buffer } from 'node:buffer'
import type { Proof } from '../token-rule.ts'
import { crc32 } from './crc32.ts'

/** Zuplo: the last eight characters are the CRC-32, in hex, of what stands between the prefix and the last underscore. */
export function zuploSum(token: string): Proof {
  return judge(token, hex(crc32(token.slice('zpka_'.length, -9))))
}

/** Grafana service accounts: CRC-32 of everything before the last underscore, prefix included, its four bytes in little-endian order. */
export function grafanaSum(token: string): Proof {
  return judge(token, littleEndian(crc32(token.slice(0, -9))).toString('hex'))
}

/** Atlassian: the last eight characters are the CRC-32 of everything before them, in upper-case hex. */
export function atlassianSum(token: string): Proof {
  return judge(token, hex(crc32(token.slice(0, -8))).toUpperCase())
}

/** Confluent: the last six characters are the first six of the CRC-32 in base64, its bytes in little-endian order. */
export function confluentSum(token: string): Proof {
  return judge(
    token,
    littleEndian(crc32(token.slice(0, -6)))
      .toString('base64')
      .slice(0, 6),
  )
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0')
}

function littleEndian(sum: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(sum)
  return bytes
}

function judge(token: string, sum: string): Proof {
  return token.endsWith(sum) ? 'holds' : 'fails'
}
