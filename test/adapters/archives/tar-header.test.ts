import { describe, expect, it } from 'vitest'
import { readPax, readTarHeader } from '../../../src/adapters/archives/tar-header.ts'

describe('an extended header', () => {
  it('has records whose length counts itself', () => {
    expect([...readPax(Buffer.from('11 path=é\n16 linkpath=a=b\n'))]).toEqual([
      ['path', 'é'],
      ['linkpath', 'a=b'],
    ])
  })

  it.each(['', 'x', '9', '0 path=x\n', '-3 path=x\n', '1e9', '\0'.repeat(30), '2 '])(
    'ends where there is none: %j',
    (text) => {
      expect(readPax(Buffer.from(text)).size).toBe(0)
    },
  )
})

describe('a header', () => {
  it.each([
    ['nothing', ''],
    ['zeros', '\0'.repeat(512)],
    ['text', 'text '.repeat(110)],
  ])('is not made of %s', (_, text) => {
    expect(readTarHeader(Buffer.from(text))).toBeNull()
  })
})
