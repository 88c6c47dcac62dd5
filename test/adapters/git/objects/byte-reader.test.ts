import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteReader, readBytes } from '../../../../src/adapters/git/objects/byte-reader.ts'

type Step = readonly ['line' | 'take' | 'skip', number]

/** The same on a whole text, one character a byte: slow, plain, and with nothing in common. */
function plainly(text: string, [kind, length]: Step): { readonly answer: unknown; readonly rest: string } {
  if (kind === 'take') return { answer: text.slice(0, length), rest: text.slice(length) }
  if (kind === 'skip') return { answer: text.length >= length, rest: text.slice(length) }
  const [line = '', ...others] = text.split('\n')
  return others.length === 0 ? { answer: null, rest: '' } : { answer: line, rest: others.join('\n') }
}

async function really(reader: ByteReader, [kind, length]: Step): Promise<unknown> {
  if (kind === 'skip') return reader.skip(length)
  const bytes = kind === 'take' ? await reader.take(length) : await reader.line()
  return bytes?.toString('latin1') ?? null
}

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
    const step = fc.tuple(fc.constantFrom('line' as const, 'take' as const, 'skip' as const), fc.nat(20))
    const codes = fc.array(fc.constantFrom(10, 10, 0, 65, 255), { maxLength: 80 })
    const sizes = fc.array(fc.nat(7), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(codes, sizes, fc.array(step, { maxLength: 15 }), async (all, cuts, steps) => {
        const reader = readBytes(stream(Buffer.from(all), cuts))
        let text = Buffer.from(all).toString('latin1')
        for (const one of steps) {
          const { answer, rest } = plainly(text, one)
          expect(await really(reader, one)).toEqual(answer)
          text = rest
        }
      }),
    )
  })
})
