import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBytes } from '../../../src/adapters/git/byte-reader.ts'

async function* stream(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (const size of sizes) {
    yield bytes.subarray(at, at + size)
    at += size
  }
  yield bytes.subarray(at)
}

describe('a stream taken apart', () => {
  it('gives the same parts however it was cut into chunks', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take' as const), length: fc.nat(20) }),
      fc.record({ kind: fc.constant('skip' as const), length: fc.nat(20) }),
      fc.record({ kind: fc.constant('line' as const), length: fc.constant(0) }),
    )
    const bytes = fc.array(fc.constantFrom(10, 10, 0, 65, 255), { maxLength: 80 }).map((codes) => Buffer.from(codes))
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.array(fc.nat(7), { maxLength: 30 }),
        fc.array(step, { maxLength: 15 }),
        async (all, sizes, steps) => {
          const reader = readBytes(stream(all, sizes))
          let rest = all
          for (const { kind, length } of steps) {
            if (kind === 'line') {
              const end = rest.indexOf(10)
              const expected = rest.length === 0 ? null : rest.subarray(0, end < 0 ? rest.length : end)
              if (end < 0) {
                rest = rest.subarray(rest.length)
                expect(await reader.line()).toBeNull()
                continue
              }
              expect(await reader.line()).toEqual(expected)
              rest = rest.subarray(end + 1)
            } else if (kind === 'take') {
              expect(Buffer.compare(await reader.take(length), rest.subarray(0, length))).toBe(0)
              rest = rest.subarray(length)
            } else {
              expect(await reader.skip(length)).toBe(rest.length >= length)
              rest = rest.subarray(length)
            }
          }
        },
      ),
    )
  })
})
