import { describe, expect, it } from 'vitest'
import { type ChangeAction, changesOf, parseKey, printKey } from '../../../src/core/issues/action.ts'

const KEY = '0123456789abcdef'

describe('the key of a comment', () => {
  it.each([
    ['is its first line', `${printKey(KEY)}\n- A is late\n`, KEY],
    ['is so with line ends of Windows', `${printKey(KEY)}\r\n- A is late\r\n`, KEY],
    ['is none further down, where somebody quotes it', `Look:\n${printKey(KEY)}`, null],
    ['is none with more behind it', `${printKey(KEY)} and so on`, null],
    ['is none of another version', printKey(KEY).replace('v1', 'v2'), null],
    ['is none in a comment of nobody', '', null],
  ])('%s', (_, body, key) => {
    expect(parseKey(body)).toBe(key)
  })
})

describe('what GitHub is told of a change', () => {
  it.each<[Omit<ChangeAction, 'issue'>, object]>([
    [{ do: 'update', body: 'b', owners: ['mona'] }, { body: 'b' }],
    [
      { do: 'update', title: 't', labels: ['l'] },
      { title: 't', labels: ['l'] },
    ],
    [{ do: 'close' }, { state: 'closed', stateReason: 'completed' }],
    [
      { do: 'close', reason: 'duplicate' },
      { state: 'closed', stateReason: 'duplicate' },
    ],
    [
      { do: 'reopen', body: 'b' },
      { body: 'b', state: 'open', stateReason: 'reopened' },
    ],
  ])('is, for %j, no more than what changes', (action, changes) => {
    expect(changesOf({ ...action, issue: 1 })).toEqual(changes)
  })
})
