import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { refusal } from '../../dotenv/reading.ts'

const QUIET = { names: 'full', reads: false, webhook: null }

describe('the section ledger', () => {
  it.each([
    ['', { on: null, ...QUIET }],
    ['ledger: true', { on: true, ...QUIET }],
    ['ledger: false', { on: false, ...QUIET }],
    ['ledger: {}', { on: true, ...QUIET }],
    ['ledger: { names: hashed }', { on: true, ...QUIET, names: 'hashed' }],
    ['ledger: { reads: true }', { on: true, ...QUIET, reads: true }],
    ['ledger: { webhook: { url: U, key: K } }', { on: true, ...QUIET, webhook: { url: 'U', key: 'K' } }],
    ['ledger: { webhook: { url: U } }', { on: true, ...QUIET, webhook: { url: 'U', key: null } }],
  ])('%j is read as %o', (text, ledger) => {
    expect(parsePolicy(text, 'sealward.yml').ledger).toEqual(ledger)
  })

  it.each([
    'ledger: { webhook: { url: https://example.com } }',
    'ledger: { reads: 1 }',
    'ledger: yes please',
    'ledger: { names: some }',
    'ledger: { name: full }',
    'ledger: [true]',
  ])('%j is refused', (text) => {
    expect(refusal(() => parsePolicy(text, 'sealward.yml')).code).toBe('policy-invalid')
  })
})
