import { expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { ifWhole } from '../../../src/core/expiry/if-whole.ts'

it('what is cut short is nothing, and a fault of our own stays one', () => {
  const failing = (error: Error) => () => {
    throw error
  }
  expect(ifWhole(() => 'read')).toBe('read')
  expect(ifWhole(failing(new SealwardError('malformed', 'cut short')))).toBeNull()
  expect(() => ifWhole(failing(new TypeError('ours')))).toThrow(TypeError)
})
