import { expect, it } from 'vitest'
import { listAllowed, sayAllowed } from '../../../../src/core/report/scan/allowed.ts'
import { DOTENV, FORGED, HOSTILE, TOKEN } from './outcome.ts'

it.each([
  ['comment', 'by a comment beside it: why'],
  ['policy', 'by sealward.yml: why'],
  ['baseline', 'by the baseline: why'],
  [undefined, 'why'],
] as const)('an allowance of %s says where it stands, and why', (by, words) => {
  expect(sayAllowed({ finding: TOKEN, reason: 'why', ...(by === undefined ? {} : { by }) })).toBe(words)
})

it('a list of them has ten lines at most, and counts the rest', () => {
  const all = Array.from({ length: 13 }, () => ({ finding: TOKEN, reason: 'why', by: 'policy' }) as const)
  const lines = listAllowed(all).split('\n')
  expect([lines.length, lines[0], lines[1], lines.at(-1)]).toEqual([
    12,
    '13 findings allowed',
    'src/deploy.ts:12 github-pat, by sealward.yml: why',
    '... and 3 more',
  ])
})

it('what is about a whole file has no line in it', () => {
  expect(listAllowed([{ finding: DOTENV, reason: 'why' }])).toBe('1 finding allowed\n.env plaintext-dotenv, why')
})

it('a hostile name or reason is one line of it', () => {
  const list = listAllowed([{ finding: FORGED, reason: HOSTILE }])
  expect(list.split('\n')).toHaveLength(2)
  expect(list).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/)
})
