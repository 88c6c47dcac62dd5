import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitLines } from '../../../src/core/envelope/text/lines.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { messageOf, namespaceOf, signaturePath } from '../../../src/core/signature/subject.ts'
import { refusal } from '../../support/sealing.ts'

describe('the message of a file', () => {
  it.each([
    ['', ''],
    ['A=1\n', 'A=1\n'],
    ['A=1\r\n', 'A=1\n'],
    ['A=1\r\nB=2\r\n', 'A=1\nB=2\n'],
    ['A=1\r\nB=2', 'A=1\nB=2'],
    ['A=1\r\nB=2\r', 'A=1\nB=2\r'],
    ['A=1\r\nB=2\n', 'A=1\r\nB=2\n'],
    ['A=1\nB=2\r\n', 'A=1\nB=2\r\n'],
    ['A=1\r\r\n', 'A=1\r\n'],
    ['A=1\r', 'A=1\r'],
    ['\n', '\n'],
    ['\r\n', '\n'],
  ])('of %j is %j', (file, message) => {
    expect(Buffer.from(messageOf(Buffer.from(file))).toString()).toBe(message)
  })

  it('is the file itself where there is nothing to drop, with every byte that it has', () => {
    const file = Buffer.from([0xff, 0x00, 0x0d, 0x80])
    expect(messageOf(file)).toEqual(file)
  })

  it('is the same before and after a checkout that converts line ends', () => {
    const lines = fc.array(fc.stringMatching(/^[A-Z]{1,4}=[a-z]{0,4}$/))
    fc.assert(
      fc.property(lines, (rows) => {
        const [lf, crlf] = ['\n', '\r\n'].map((end) => Buffer.from(rows.map((row) => row + end).join('')))
        return Buffer.compare(messageOf(lf!), messageOf(crlf!)) === 0
      }),
    )
  })

  it('decides what a reader of the file reads: two files with one message hold the same', () => {
    const file = fc
      .array(fc.constantFrom('A=1', 'B=', '#', '\r', '\n', '\r\n'))
      .map((parts) => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(file, (bytes) => {
        // A last LF keeps the message from being converted once more.
        const message = Buffer.concat([messageOf(bytes), Buffer.from('\nZ=9\n')])
        const whole = Buffer.concat([bytes, Buffer.from(hasCrlfOnly(bytes) ? '\r\nZ=9\r\n' : '\nZ=9\n')])
        expect(read(whole)).toEqual(read(message))
      }),
    )
  })
})

/** Whether a checkout converted the file, told in another way than messageOf tells it. */
function hasCrlfOnly(bytes: Buffer): boolean {
  return /\n/.test(bytes.toString()) && !/(?:^|[^\r])\n/.test(bytes.toString())
}

function read(bytes: Uint8Array): unknown {
  try {
    return splitLines(bytes, { anyName: true })
  } catch (error) {
    if (error instanceof SealwardError) return error.code
    throw error
  }
}

describe('the namespace of a file', () => {
  it('holds its name', () => {
    expect(namespaceOf('config/production.env.encrypted')).toBe('sealward-file@v1:config/production.env.encrypted')
    expect(namespaceOf('größe 日本/.env.encrypted')).toBe('sealward-file@v1:größe 日本/.env.encrypted')
  })

  it.each([
    '',
    '/etc/x',
    'a//b',
    './a',
    'a/../b',
    '..',
    'a/',
    'a\nb',
    'a\u202eb',
    'a\u0000b',
    'a\ud800b',
    'x'.repeat(1025),
  ])('is refused for %j', async (name) => {
    expect(await refusal(() => namespaceOf(name))).toMatchObject({ code: 'usage' })
  })
})

it('a signature stands beside its file', () => {
  expect(signaturePath('config/.env.encrypted')).toBe('config/.env.encrypted.sig')
})
