import { describe, expect, it } from 'vitest'
import { lineAt, visibleText } from '../../../src/core/scan/visible-text.ts'

describe('the visible text', () => {
  const utf16le = Buffer.from('KEY=v1\n', 'utf16le')
  const utf16be = Buffer.from(utf16le).swap16()

  it.each([
    ['ASCII', Buffer.from('KEY=v1\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFKEY=v1\n')],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', utf16be],
    ['UTF-16LE with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le])],
    ['UTF-16BE with a byte order mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
    ['text with NULs put in', Buffer.from('KEY\0=v1\0\n\0\0')],
  ])('of %s is its ASCII', (_, bytes) => {
    expect(visibleText(bytes)).toBe('KEY=v1\n')
  })

  it('has one character for each other byte', () => {
    const bytes = Uint8Array.from({ length: 255 }, (_, index) => index + 1)
    expect(Buffer.from(visibleText(bytes), 'latin1')).toEqual(Buffer.from(bytes))
  })

  it('of a part of a larger buffer is that part', () => {
    expect(visibleText(Buffer.from('aaKEY=v1bb').subarray(2, 8))).toBe('KEY=v1')
  })

  it('of 8 MiB of NULs does not take long', () => {
    const start = performance.now()
    expect(visibleText(new Uint8Array(8 * 1024 * 1024))).toBe('')
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('has lines', () => {
    expect([0, 1, 2, 3].map((index) => lineAt('a\n\nb', index))).toEqual([1, 1, 2, 3])
  })
})
