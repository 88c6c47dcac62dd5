import { expect, it } from 'vitest'
import { failsCheck } from '../../../src/core/check/fail-on.ts'
import { LEVELS, type Level } from '../../../src/core/check/judged.ts'
import { FINE } from '../report/check/report.ts'

const failing = (failOn: 'never' | 'overdue' | 'due') =>
  LEVELS.filter((level: Level) => failsCheck({ judged: [FINE, { ...FINE, level }] }, failOn))

it('fails for nothing, for what is overdue, or for all that is due or worse', () => {
  expect(failing('never')).toEqual([])
  expect(failing('overdue')).toEqual(['overdue'])
  expect(failing('due')).toEqual(['due', 'late', 'critical', 'overdue'])
})
