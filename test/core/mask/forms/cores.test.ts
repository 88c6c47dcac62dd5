import fc from 'fast-check'
import { expect, it } from 'vitest'
import { base64Cores, coresOfEach } from '../../../../src/core/mask/forms/cores.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
const binary = (drawn: Uint8Array) => Buffer.from(drawn).toString('latin1')

it('a core holds every character that the bytes alone decide, between any neighbours', () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, (before, drawn, after) => {
      const shift = before.length % 3
      const encoded = Buffer.concat([before, drawn, after]).toString('base64url')
      const start = Math.ceil((before.length * 8) / 6)
      const end = Math.floor(((before.length + drawn.length) * 8) / 6)
      const core = base64Cores(binary(drawn))[shift]!
      expect(core.replaceAll('+', '-').replaceAll('/', '_')).toBe(encoded.slice(start, Math.max(start, end)))
    }),
    { numRuns: 1000 },
  )
})

it('the cores of several texts are those of each', () => {
  fc.assert(
    fc.property(fc.array(bytes), (drawn) => {
      const texts = drawn.map(binary)
      expect(coresOfEach(texts)).toEqual(texts.map(base64Cores))
    }),
  )
})
