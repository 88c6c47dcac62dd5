import { expect, it } from 'vitest'
import { SealwardError } from '../../src/core/errors.ts'
import { ifReadable } from '../../src/core/if-readable.ts'

it('what is cut short is nothing, and a fault of our own stays one', () => {
  const failing = (error: Error) => () => {
    throw error
  }
  expect(ifReadable(() => 'read')).toBe('read')
  expect(ifReadable(failing(new SealwardError('malformed', 'cut short')))).toBeNull()
  expect(() => ifReadable(failing(new TypeError('ours')))).toThrow(TypeError)
})
