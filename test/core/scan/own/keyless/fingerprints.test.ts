import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document } from '../../../../../src/core/dotenv/document.ts'
import { parseEncryptedFile } from '../../../../../src/core/envelope/file.ts'
import { SealwardError } from '../../../../../src/core/errors.ts'
import { ScanText } from '../../../../../src/core/scan/engine/scan-text.ts'
import { windowDigests } from '../../../../../src/core/scan/own/keyless/digest.ts'
import { parseFingerprints, printFingerprints } from '../../../../../src/core/scan/own/keyless/fingerprints.ts'
import { guessBits } from '../../../../../src/core/scan/own/keyless/guess-bits.ts'
import { compileIndex } from '../../../../../src/core/scan/own/keyless/index-search.ts'
import { ciphertextsDigest, makeFingerprints } from '../../../../../src/core/scan/own/keyless/make.ts'
import {
  BITS_OF_FILTER,
  normalise,
  SIZES,
  WINDOW_FORMS,
  windowsOf,
} from '../../../../../src/core/scan/own/keyless/windows.ts'
import { bytesOf, linesOf, newMember, seal } from '../../../../support/sealing.ts'

const SALT = Buffer.alloc(32, 7)
/** One of which every form has its window. Some three in a hundred lack one, for the estimate errs towards too few. */
function strong(): string {
  for (;;) {
    const value = randomBytes(48).toString('base64').replace(/[+/=]/g, 'x').slice(0, 60)
    if (windowsOf(value).length === WINDOW_FORMS.length) return value
  }
}

function indexOf(values: readonly string[], salt: Uint8Array = SALT) {
  const named = values.map((value, at) => ({ name: `V${at}`, value }))
  return makeFingerprints([{ file: '.env.encrypted', ciphertexts: '0'.repeat(64), values: named }], salt)
}

describe('fingerprints', () => {
  it.each([
    ['as it is', (value: string) => value],
    ['in a longer word', (value: string) => `prefix_${value}_suffix`],
    ['in base64', (value: string) => Buffer.from(value).toString('base64')],
    ['in base64 behind one byte', (value: string) => Buffer.from(`x${value}y`).toString('base64')],
    ['in base64url behind two bytes', (value: string) => Buffer.from(`xy${value}z`).toString('base64url')],
    ['in hex', (value: string) => Buffer.from(value).toString('hex')],
    ['backwards', (value: string) => [...value].reverse().join('')],
    ['in UTF-16', (value: string) => Buffer.from(value, 'utf16le').toString('latin1')],
  ])('find a strong value %s', (_, write) => {
    const value = strong()
    const { fingerprints } = indexOf([strong(), value])
    const found = compileIndex(fingerprints).find(new ScanText(Buffer.from(`a = "${write(value)}"`, 'latin1')))
    expect(found).toMatchObject([{ value: 1 }])
  })

  it('of values that share a part find it once', () => {
    for (let times = 0; times < 10; times += 1) {
      const [value, end] = [strong(), randomBytes(3).toString('hex')]
      const text = new ScanText(Buffer.from(`a = "${value}${end}"`))
      const both = compileIndex(indexOf([value, `${value.slice(6)}${end}`]).fingerprints).find(text)
      expect(both).toHaveLength(1)
    }
  })

  it('find what a plain search of every place finds', () => {
    const values = [strong(), strong(), randomBytes(16).toString('hex')]
    const { fingerprints } = indexOf(values)
    const search = compileIndex(fingerprints)
    const part = fc.oneof(
      fc.constantFrom(...values, ...values.map((value) => Buffer.from(value).toString('hex'))),
      fc.string({ unit: fc.constantFrom('a', '7', '/', '+', ' ', '\n'), maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const bytes = Buffer.from(parts.join(''))
        const found = search.find(new ScanText(bytes)).map(({ start, end }) => [start, end])
        expect(found).toEqual(slowly(bytes.toString('latin1'), fingerprints))
      }),
    )
  })

  it('are of windows that nobody can guess, also with what the filter tells of each', () => {
    for (const value of [strong(), randomBytes(32).toString('hex'), `postgres://app:${strong()}@db.example.com/main`]) {
      const windows = windowsOf(value)
      expect(windows.length).toBeGreaterThan(0)
      for (const { form, text } of windows) {
        if (form === 'plain') expect(guessBits(text)).toBeGreaterThanOrEqual(80 + windows.length * BITS_OF_FILTER)
      }
    }
  })

  it.each([
    ['a password', 'hunter2'],
    ['a passphrase', 'correct-horse-battery-staple-tango'],
    ['twelve random characters', 'q7Zt2Lw9Kd4P'],
    ['hex of a short thing', Buffer.from('password123hunter2').toString('hex')],
    ['several lines', `${strong()}\n${strong()}`],
  ])('are not made of %s', (_, value) => {
    const { fingerprints, left } = indexOf([value])
    expect(fingerprints.files[0]!.values).toEqual([])
    expect(left).toEqual([{ file: '.env.encrypted', name: 'V0' }])
  })

  it('hold nothing of a value, and are others under another salt', () => {
    const value = strong()
    const text = printFingerprints(indexOf([value]).fingerprints)
    for (let at = 0; at + 6 <= value.length; at += 1) expect(text.includes(value.slice(at, at + 6))).toBe(false)
    const digests = (salt: Uint8Array) =>
      indexOf([value], salt).fingerprints.files[0]!.values[0]!.windows.map(({ digest }) => digest)
    expect(digests(SALT).filter((one) => digests(randomBytes(32)).includes(one))).toEqual([])
  })

  it('come back from their file as they were, at less than 400 bytes a value', () => {
    const { fingerprints } = indexOf(Array.from({ length: 40 }, strong))
    const text = printFingerprints(fingerprints)
    expect(printFingerprints(parseFingerprints(Buffer.from(text), 'f'))).toBe(text)
    expect(text.length / 40).toBeLessThan(400)
  })

  it('come back from their file where there is no file, or none of its values is strong', () => {
    for (const { fingerprints } of [indexOf(['hunter2']), makeFingerprints([], SALT)]) {
      const text = printFingerprints(fingerprints)
      expect(printFingerprints(parseFingerprints(Buffer.from(text), 'f'))).toBe(text)
    }
  })

  it('are not made with a salt of another length', () => {
    expect(() => indexOf([strong()], SALT.subarray(1))).toThrow(RangeError)
  })
})

it('what an index is of is told by the values of a file: no comment counts, nor who may open it', async () => {
  const document: Document = [
    { kind: 'comment', text: ' the database' },
    { kind: 'entry', name: 'A', value: 'one' },
  ]
  const rows = linesOf(await seal(document, [await newMember()]))
  const digestOf = (lines: readonly string[]) => ciphertextsDigest(parseEncryptedFile(bytesOf(`${lines.join('\n')}\n`)))
  const whole = digestOf(rows)
  expect(digestOf(rows.filter((row) => !row.startsWith('#')))).toBe(whole)
  expect(digestOf(rows.map((row) => row.replace(/(?<=lastmodified=)\d+/, '2030')))).toBe(whole)
  expect(digestOf(rows.map((row) => row.replace(/^A=/, 'B=')))).not.toBe(whole)
  expect(digestOf(rows.map((row) => row.replace(/^A=ENC/, 'A=XNC')))).not.toBe(whole)
})

describe('a file of fingerprints', () => {
  const good = printFingerprints(indexOf([strong()]).fingerprints)

  it.each([
    ['is no JSON', 'x', 'policy-invalid'],
    ['is a list', '[]', 'policy-invalid'],
    ['has another version', good.replace('"version": 1', '"version": 2'), 'policy-invalid'],
    ['has a key that nobody knows', good.replace('"version": 1', '"version": 1, "more": 1'), 'policy-invalid'],
    ['has a short salt', good.replace(/"salt": "..../, '"salt": "'), 'policy-invalid'],
    [
      'has a filter of no power of two',
      good.replace(/"filter": "[^"]*"/, `"filter": "${Buffer.alloc(48).toString('base64')}"`),
      'policy-invalid',
    ],
    ['has no filter to speak of', good.replace(/"filter": "[^"]*"/, '"filter": ""'), 'policy-invalid'],
    ['has a window of another size', good.replace(/plain \d+ /, 'plain 8 '), 'policy-invalid'],
    ['has a window of another form', good.replace(/plain /, 'rot13 '), 'policy-invalid'],
    ['has a short digest', good.replace(/plain (\d+) ..../, 'plain $1 '), 'policy-invalid'],
    ['has too many windows', withManyWindows(good), 'policy-invalid'],
    ['is too large', good.padEnd(4 * 1024 * 1024 + 1), 'limit'],
  ])('that %s is refused, and nothing of it is quoted', (_, text, code) => {
    try {
      parseFingerprints(Buffer.from(text), 'f')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(SealwardError)
      expect((error as SealwardError).code).toBe(code)
      expect((error as SealwardError).message).not.toMatch(/[A-Za-z0-9_-]{16}/)
    }
  })
})

function withManyWindows(text: string): string {
  const one = /"plain \d+ [\w-]+"/.exec(text)![0]
  return text.replace(one, Array.from({ length: 20_001 }, () => one).join(','))
}

function slowly(text: string, { salt, files }: ReturnType<typeof indexOf>['fingerprints']): number[][] {
  const digest = windowDigests(salt)
  const known = new Set(
    files.flatMap(({ values }) => values.flatMap(({ windows }) => windows.map((one) => one.digest))),
  )
  const found: number[][] = []
  for (let start = 0; start < text.length; start += 1)
    for (const size of SIZES) {
      const window = text.slice(start, start + size)
      if (window.length === size && known.has(digest(normalise(window)))) found.push([start, start + size])
    }
  let end = 0
  return found.filter(([from, to]) => {
    if (from! < end) return false
    end = to!
    return true
  })
}
