import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapedByRunner } from '../../../src/core/mask/runner.ts'
import { ENCODERS } from '../../action/runner/model/encoders.ts'

const ESCAPES = [
  'CommandLineArgumentEscape',
  'ExpressionStringEscape',
  'JsonStringEscape',
  'UriDataEscape',
  'XmlDataEscape',
].map((name) => ENCODERS[name]!)

it('is what the emulated runner makes of a mask by its five escapes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (mask) => {
      const made = ESCAPES.map((encode) => encode(mask))
      const expected = made.every((form) => form === mask) ? [] : made
      expect(new Set(escapedByRunner(mask))).toEqual(new Set(expected))
    }),
    { numRuns: 2000 },
  )
})
