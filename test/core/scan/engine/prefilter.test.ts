import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePrefilter, type Literal, MAX_HITS } from '../../../../src/core/scan/engine/prefilter.ts'

const LITERALS: readonly Literal[] = [
  { literal: 'sk-', foldCase: false },
  { literal: 'SG.', foldCase: false },
  { literal: 'key', foldCase: true },
  { literal: '://', foldCase: true },
  { literal: 'ghp_', foldCase: false },
  { literal: 'GHp_', foldCase: false },
  { literal: 'AKIA', foldCase: false },
  { literal: 'token', foldCase: true },
  { literal: 'api_key', foldCase: true },
  { literal: '[secret@', foldCase: true },
  { literal: 'k\u00e9y', foldCase: true },
  { literal: 'aaa', foldCase: false },
  { literal: 'aaaa', foldCase: true },
]

/** The slow plain version: every literal at every place. */
function slow(bytes: Uint8Array, literals: readonly Literal[]): [number, number][] {
  const text = Buffer.from(bytes).toString('latin1')
  const found: [number, number][] = []
  for (let at = 0; at < text.length; at += 1) {
    for (const [index, { literal, foldCase }] of literals.entries()) {
      const piece = text.slice(at, at + literal.length)
      if (foldCase ? lower(piece) === lower(literal) : piece === literal) found.push([at, index])
    }
  }
  return found
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function fast(bytes: Uint8Array, literals: readonly Literal[]): [number, number][] {
  const { offsets, literals: ids } = compilePrefilter(literals).search(bytes)
  return offsets.map((offset, index) => [offset, ids[index] as number])
}

const piece = fc.oneof(
  fc.constantFrom(...LITERALS.map(({ literal }) => literal)),
  fc.constantFrom('KEY', 'Api_Key', 'TOKEN', 'tok', '{SECRET`', 'K\u00c9Y', 'sk', 'a', 'x', '\n', 'sk\r'),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 3 }),
)

describe('the prefilter', () => {
  it('finds what looking for each literal at each place finds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1')
        expect(fast(bytes, LITERALS)).toEqual(slow(bytes, LITERALS))
      }),
      { numRuns: 2000 },
    )
  })

  it('finds the same with any literals', () => {
    const literal = fc.record({
      literal: fc.string({ unit: fc.constantFrom('a', 'B', 'b', '_', '@', '`', '\u00ff'), minLength: 3, maxLength: 5 }),
      foldCase: fc.boolean(),
    })
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'B', 'b', '_', '\x7f', '@', '`', '\u00df', '\u00ff') })
    fc.assert(
      fc.property(fc.array(literal, { maxLength: 6 }), text, (literals, characters) => {
        const bytes = Buffer.from(characters, 'latin1')
        expect(fast(bytes, literals)).toEqual(slow(bytes, literals))
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['', 's', 'sk', 'sk-', 'xsk-', 'xxsk-', 'ghp_', 'xghp_'])(
    'finds the same at both ends of a short text: "%s"',
    (text) => {
      const bytes = Buffer.from(text)
      expect(fast(bytes, LITERALS)).toEqual(slow(bytes, LITERALS))
    },
  )

  it('stops at a number of hits and says so', () => {
    const { complete, offsets } = compilePrefilter(LITERALS).search(Buffer.alloc(3 * MAX_HITS + 300, 'sk-'))
    expect(complete).toBe(false)
    expect(offsets.length).toBeGreaterThanOrEqual(MAX_HITS)
    expect(offsets.length).toBeLessThan(MAX_HITS + LITERALS.length)
  })

  it('refuses a literal that is too short', () => {
    expect(() => compilePrefilter([{ literal: 'sk', foldCase: false }])).toThrow(RangeError)
  })

  it('refuses more literals than its tables have room for', () => {
    const literals = Array.from({ length: 0x8000 }, (_, at) => ({ literal: `sk-${at}`, foldCase: false }))
    expect(() => compilePrefilter(literals)).toThrow(RangeError)
  })
})
