import { describe, expect, it } from 'vitest'
import type { Judged } from '../../../../src/core/check/judged.ts'
import { printDone } from '../../../../src/core/issues/body/finding.ts'
import { sayBy, sayJudged } from '../../../../src/core/issues/body/words.ts'
import { judged } from '../made.ts'

/** Without a file: its name would be written in Markdown's own way. */
const one = (changed: Partial<Judged>) => judged('A', { place: null, ...changed })
const END = new Date('2026-12-24T00:00:00Z')

describe('the words of an issue', () => {
  it.each([
    ['the day by which it should be done', one({ end: END }), ' by 2026-11-30'],
    ['its end, where it has no such day', one({ due: null, end: END }), ' by 2026-12-24'],
    ['no day, where nobody knows one', one({ due: null }), ''],
  ])('say %s', (_, what, words) => {
    expect(sayBy(what)).toBe(words)
    expect(printDone(what)).toBe(
      `**<code>A</code>** (<code>production</code>) is in order${words.replace(' by', '; next due')}.\n`,
    )
  })

  it('say of what is gone that it is', () => {
    expect(printDone(null)).toBe('What this was about is not there any more.\n')
  })

  it('are the verdict and the step that mends it, where there is one', () => {
    const message = 'ends in 3 days'
    expect(sayJudged(one({ message, advice: 'Renew it' }))).toBe('ends in 3 days&#46; Renew it')
    expect(sayJudged(one({ message, advice: '' }))).toBe('ends in 3 days')
  })
})
