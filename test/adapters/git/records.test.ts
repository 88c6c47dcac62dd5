import { describe, expect, it } from 'vitest'
import { parseIndex, parseRawDiff } from '../../../src/adapters/git/records.ts'
import { SealwardError } from '../../../src/core/errors.ts'

const OLD = '1'.repeat(40)
const NEW = '2'.repeat(40)

describe('records of git', () => {
  it('are read with any path', () => {
    const paths = ['a', 'with space', 'new\nline', '\t:100644', 'größe']
    const output = paths.map((path) => `:100644 120000 ${OLD} ${NEW} T\0${path}\0`).join('')
    expect(parseRawDiff(Buffer.from(output)).map(({ path }) => path)).toEqual(paths)
    const index = paths.map((path) => `100644 ${NEW} 0\t${path}\0`).join('')
    expect(parseIndex(Buffer.from(index))).toEqual(paths.map((path) => ({ path, mode: '100644', id: NEW })))
  })

  it('are read in repositories of either kind of hash', () => {
    const id = 'f'.repeat(64)
    expect(parseRawDiff(Buffer.from(`:000000 100644 ${'0'.repeat(64)} ${id} A\0a\0`))[0]?.newId).toBe(id)
  })

  it('are none in an empty output', () => {
    expect(parseRawDiff(Buffer.alloc(0))).toEqual([])
    expect(parseIndex(Buffer.alloc(0))).toEqual([])
  })

  it('whose paths are not UTF-8 are not passed over', () => {
    const output = Buffer.concat([
      Buffer.from(`:000000 100644 ${OLD} ${NEW} A\0`),
      Buffer.from([0xff, 0x2e, 0x65, 0x6e, 0x76, 0]),
    ])
    expect(parseRawDiff(output)[0]).toMatchObject({ path: '\uFFFD.env', newId: NEW })
  })

  it.each([
    ['cut in a path', `:100644 100644 ${OLD} ${NEW} M\0a`],
    ['cut before a path', `:100644 100644 ${OLD} ${NEW} M\0`],
    ['with short ids', ':100644 100644 1111111 2222222 M\0a\0'],
    ['with a similarity', `:100644 100644 ${OLD} ${NEW} R100\0a\0b\0`],
    ['with colours', `\u001b[31m:100644 100644 ${OLD} ${NEW} M\0a\0`],
    ['that are something else', 'usage: git diff\n\0\0'],
  ])('%s are refused', (_, output) => {
    expect(() => parseRawDiff(Buffer.from(output))).toThrow(SealwardError)
    expect(() => parseIndex(Buffer.from(output))).toThrow(SealwardError)
  })
})
