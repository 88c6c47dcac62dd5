import { describe, expect, it } from 'vitest'
import { printMarker } from '../../../src/core/issues/marker.ts'
import { type ListedIssue, ownIssues } from '../../../src/core/issues/own.ts'
import { BOT } from './made.ts'

const BODY = printMarker({
  ...{ id: 'dashboard', level: 'due', hash: '0'.repeat(16) },
  ...{ title: '1'.repeat(8), owners: '2'.repeat(8), cut: 0 },
})

function listed(number: number, changed: Partial<ListedIssue> = {}): ListedIssue {
  return { number, body: BODY, state: 'open', stateReason: null, labels: ['sealward'], author: BOT, ...changed }
}

/** The number that is kept and those that are duplicates. */
function sorted(...issues: ListedIssue[]): [number | undefined, number[]] {
  const { kept, duplicates } = ownIssues(issues)
  return [kept.get('dashboard')?.issue.number, duplicates.map(({ issue }) => issue.number)]
}

describe('our issues', () => {
  it('are those with our label and our marker, whoever opened them', () => {
    expect(sorted(listed(1, { author: 'mona' }))).toEqual([1, []])
    expect(sorted(listed(1, { author: null }))).toEqual([1, []])
    expect(sorted(listed(1, { labels: ['bug'] }))).toEqual([undefined, []])
    expect(sorted(listed(1, { body: 'my own words' }))).toEqual([undefined, []])
  })

  it('keep the oldest of a race', () => {
    expect(sorted(listed(5), listed(7), listed(9, { state: 'closed', stateReason: 'duplicate' }))).toEqual([5, [7]])
  })

  it('are not taken over by an older marker that a person pasted, and that one is left alone', () => {
    expect(sorted(listed(2, { author: 'mallory' }), listed(5), listed(8, { author: 'mallory' }))).toEqual([5, []])
  })

  it('keep the other one when a person closed the oldest as a duplicate', () => {
    expect(sorted(listed(5, { state: 'closed', stateReason: 'duplicate' }), listed(7))).toEqual([7, []])
  })
})
