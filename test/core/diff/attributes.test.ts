import { describe, expect, it } from 'vitest'
import { addAttributes, removeAttributes } from '../../../src/core/diff/attributes.ts'

const OURS = addAttributes('')

describe('the attributes of git', () => {
  it('name one driver for every spelling of an encrypted file, in every folder', () => {
    expect(OURS.split('\n').slice(1)).toEqual([
      '.env*.encrypted diff=sealward merge=sealward',
      '*.env.encrypted diff=sealward merge=sealward',
      '',
    ])
  })

  it.each([
    ['an empty list', '', OURS],
    ['a list', '*.sh eol=lf\n', `*.sh eol=lf\n${OURS}`],
    ['a last line without its end', '*.sh eol=lf', `*.sh eol=lf\n${OURS}`],
    ['a list that has them, wherever they stand', `${OURS}*.sh eol=lf\n`, `${OURS}*.sh eol=lf\n`],
    ['a list that has a part of them', `${OURS.split('\n')[1]}\n*.sh eol=lf\n`, `*.sh eol=lf\n${OURS}`],
  ])('are put behind %s', (_, before, after) => {
    expect(addAttributes(before)).toBe(after)
    expect(addAttributes(after)).toBe(after)
  })

  it.each(['', '\n', '*.sh eol=lf', '*.env.encrypted diff=mine\r\n\n# sealward\n'])(
    'are taken out of %j again, and the rest stays byte for byte',
    (others) => {
      expect(removeAttributes(others)).toBe(others)
      expect(removeAttributes(`${OURS}${others}`)).toBe(others)
    },
  )
})
