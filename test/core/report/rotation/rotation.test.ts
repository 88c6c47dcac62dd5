import { describe, expect, it } from 'vitest'
import { describeRotation, nextStep, printRotationStatus } from '../../../../src/core/report/rotation/rotation.ts'
import type { Rotation } from '../../../../src/core/rotation/state.ts'

const DONE: Rotation = {
  ...{ id: '1', phase: 'completed', started: '2026-01-01T00:00:00Z', updated: '2026-01-02T00:00:00Z' },
  ...{ old: 'age1old', fresh: 'age1new', keyFile: '/keys/new.txt', emergency: false, reason: null, environment: null },
  ...{ files: 1, graceUntil: null, finished: false, failure: null, pushes: [] },
}
const GRACE = { graceUntil: '2026-02-01T12:00:00Z' }
const [PUSHED, UNPUSHED] = [
  { target: 'github:acme/app:KEY', done: '2026-01-02T00:00:00Z' },
  { target: 'github:acme/web:KEY', done: null },
]

describe('the status of a rotation', () => {
  it('has a line for each thing there is to say, and none for what there is not', () => {
    expect(printRotationStatus(DONE).split('\n')).toEqual([
      ...['phase       completed', 'began       2026-01-01T00:00:00Z', 'updated     2026-01-02T00:00:00Z'],
      ...['old         age1old', 'new         age1new', 'key file    /keys/new.txt', 'files       1', ''],
    ])
  })

  it('says why it failed, for whom it is, where the key went, and what comes next', () => {
    const failed: Rotation = {
      ...DONE,
      phase: 'failed',
      failure: 'no space left',
      environment: 'production',
      reason: 'bob left',
    }
    expect(printRotationStatus({ ...failed, pushes: [PUSHED, UNPUSHED] }).split('\n')).toEqual(
      expect.arrayContaining([
        'phase       failed: no space left',
        'environment production',
        'reason      bob left',
        'pushed to   github:acme/app:KEY: 2026-01-02T00:00:00Z',
        'pushed to   github:acme/web:KEY: not yet',
        expect.stringMatching(/^next {8}`sealward rotate key` goes on/),
      ]),
    )
  })

  it('lets nobody who wrote a reason write to a terminal or to a runner', () => {
    const text = printRotationStatus({ ...DONE, reason: '\u001b[2J\n##[add-mask]x', failure: '::error::x\r' })
    expect(text).not.toMatch(/\u001b|\r|##\[|^::/m)
    expect(text.split('\n')).toHaveLength(9)
  })
})

it.each<[string, Partial<Rotation>, RegExp | null]>([
  ['goes on where it stopped', { phase: 'in progress' }, /goes on with it.*--rollback` takes it back/],
  ['goes on after it failed', { phase: 'failed', ...GRACE, pushes: [UNPUSHED] }, /goes on with it/],
  [
    'puts the key where it is outstanding, before anything else',
    { ...GRACE, pushes: [PUSHED, UNPUSHED] },
    /where it is outstanding/,
  ],
  [
    'takes the old key away on its day',
    { ...GRACE, pushes: [PUSHED] },
    /from 2026-02-01 on `sealward rotate key --finish`/,
  ],
  ['is nothing once the old key is gone', { ...GRACE, finished: true }, null],
  ['is nothing where the old key got no time', {}, null],
  ['is nothing after it was taken back', { phase: 'rolled back', ...GRACE, pushes: [UNPUSHED] }, null],
])('the next step %s', (_, rotation, words) => {
  const step = nextStep({ ...DONE, ...rotation })
  if (words === null) expect(step).toBeNull()
  else expect(step).toMatch(words)
})

it('its end is told by how many files, and of which environment', () => {
  expect(describeRotation(DONE)).toBe('1 file under new data keys, for the new key')
  expect(describeRotation({ ...DONE, files: 3, environment: 'production' })).toBe(
    '3 files of production under new data keys, for the new key',
  )
})
