import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { refusal } from '../../dotenv/reading.ts'

describe('the section ledger', () => {
  it.each([
    ['', { on: null, names: 'full' }],
    ['ledger: true', { on: true, names: 'full' }],
    ['ledger: false', { on: false, names: 'full' }],
    ['ledger: {}', { on: true, names: 'full' }],
    ['ledger: { names: hashed }', { on: true, names: 'hashed' }],
  ])('%j is read as %o', (text, ledger) => {
    expect(parsePolicy(text, 'sealward.yml').ledger).toEqual(ledger)
  })

  it.each(['ledger: yes please', 'ledger: { names: some }', 'ledger: { name: full }', 'ledger: [true]'])(
    '%j is refused',
    (text) => {
      expect(refusal(() => parsePolicy(text, 'sealward.yml')).code).toBe('policy-invalid')
    },
  )
})
