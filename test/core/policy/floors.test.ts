import { expect, it } from 'vitest'
import { readFloors } from '../../../src/core/policy/floors.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'

const policy = parsePolicy(
  Buffer.from('version: 1\nscan:\n  fail-on:\n    severity: high\n    confidence: medium\n'),
  'sealward.yml',
)
const read = (text: string | undefined, given = policy as typeof policy | null) =>
  readFloors({ text, name: '--fail-on' }, given)

it.each([
  [undefined, { severity: 'high', confidence: 'medium' }],
  ['critical', { severity: 'critical', confidence: 'medium' }],
  ['low,high', { severity: 'low', confidence: 'high' }],
  ['low, high', { severity: 'low', confidence: 'high' }],
  ['never', 'never'],
])('%j over a policy is %j', (text, floors) => {
  expect(read(text)).toEqual(floors)
})

it('everything fails where nobody says anything', () => {
  expect(read(undefined, null)).toEqual({ severity: 'low', confidence: 'low' })
  expect(read('high', null)).toEqual({ severity: 'high', confidence: 'low' })
})

it.each(['', 'High', 'high,critical', 'high,low,low', 'never,high', ','])(
  '%j is refused, by the name of who asked',
  (text) => {
    expect(() => read(text)).toThrow(/^--fail-on takes never, or low, medium, high or critical/)
  },
)
