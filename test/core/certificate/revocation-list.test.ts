import { describe, expect, it } from 'vitest'
import { TAG } from '../../../src/core/certificate/der/element.ts'
import { readRevocationList } from '../../../src/core/certificate/revocation-list.ts'
import { made, objectId, sequence } from './der/made.ts'

const time = (text: string) => made(TAG.utcTime, Buffer.from(text))
const issuer = sequence(
  made(TAG.set, sequence(objectId('2.5.4.3'), made(0x0c, Buffer.from('Lists')))), // UTF8String
)
const number = (...octets: number[]) => made(TAG.integer, Uint8Array.from(octets))
const reason = (code: number) =>
  sequence(sequence(objectId('2.5.29.21'), made(TAG.octetString, made(TAG.enumerated, Uint8Array.of(code)))))

/** A list in DER with these entries; nobody signed it. */
function listOf(...entries: readonly Uint8Array[]): Uint8Array {
  const algorithm = sequence(objectId('1.3.101.112'))
  const times = [time('260601000000Z'), time('260701000000Z')]
  const body = sequence(number(1), algorithm, issuer, ...times, ...(entries.length > 0 ? [sequence(...entries)] : []))
  return sequence(body, algorithm, made(TAG.bitString, Uint8Array.of(0)))
}

describe('a revocation list', () => {
  it.each([
    [0, 'unspecified'],
    [1, 'keyCompromise'],
    [5, 'cessationOfOperation'],
    [6, 'certificateHold'],
    [10, 'aACompromise'],
    [99, 'unspecified'],
  ])('names the reason %i as %s', (code, words) => {
    const list = readRevocationList(listOf(sequence(number(0x10, 1), time('260602000000Z'), reason(code))))!
    expect(list.name).toBe('Lists')
    expect(list.find('1001')).toEqual({ at: new Date('2026-06-02T00:00:00Z'), reason: words })
    expect(list.find('1002')).toBeNull()
  })

  it('need not name a reason, and takes an entry of an earlier list back by one', () => {
    const [revoked, back] = [
      sequence(number(1), time('260602000000Z')),
      sequence(number(2), time('260602000000Z'), reason(8)),
    ]
    const list = readRevocationList(listOf(revoked, back))!
    expect(list.find('01')?.reason).toBe('unspecified')
    expect(list.find('02')).toBeNull()
  })

  it('that is damaged in its middle still names those before', () => {
    const entry = (serial: number) => sequence(number(serial), time('260602000000Z'))
    for (const damage of [sequence(), Uint8Array.of(TAG.sequence, 0x7f)]) {
      const list = readRevocationList(listOf(entry(1), damage, entry(3)))!
      expect(['01', '03'].map((serial) => list.find(serial)?.reason ?? null)).toEqual(['unspecified', null])
    }
  })

  it('may name nobody at all', () => {
    expect(readRevocationList(listOf())?.find('01')).toBeNull()
  })
})
