import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Literals } from '../../../src/core/redact/literals.ts'
import { Redactor } from '../../../src/core/redact/redactor.ts'

/** Few letters, so that literals overlap, contain and continue each other all the time. */
const LETTERS = fc.constantFrom('a', 'b', 'ä')
const literal = fc.string({ unit: LETTERS, minLength: 1, maxLength: 9 })
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '\n'), maxLength: 80 })

describe('a redactor', () => {
  it.each([
    ['nothing to hide', [], 'abcd', 'abcd'],
    ['no literal in the text', ['wxyz'], 'abcd', 'abcd'],
    ['one literal', ['wxyz'], 'abwxyzcd', 'ab***cd'],
    ['the whole text', ['wxyz'], 'wxyz', '***'],
    ['both ends', ['wxyz'], 'wxyz-wxyz', '***-***'],
    ['two that touch', ['wxyz', 'abcd'], '-wxyzabcd-', '-***-'],
    ['two that overlap', ['wxyz', 'yzab'], '-wxyzab-', '-***-'],
    ['one in another', ['vwxyza', 'wxyz'], '-vwxyza-', '-***-'],
    ['one that begins another', ['wxyz', 'wxyzwxyzq'], '-wxyzwxyzr-', '-***r-'],
    ['one that overlaps itself', ['abab'], '-ababab-', '-***-'],
    ['one character', ['7'], 'port 5742', 'port 5***42'],
    [
      'bytes that are no text',
      ['key!'],
      Buffer.from('\xff\x00key!\xfe', 'latin1'),
      Buffer.from('\xff\x00***\xfe', 'latin1'),
    ],
    ['letters beyond ASCII', ['ключ🔑'], 'a ключ🔑 b ключ', 'a *** b ключ'],
  ])('hides as the runner does: %s', (_, literals, input, expected) => {
    expect(redact(literals, [Buffer.from(input as string)])).toEqual(Buffer.from(expected as string))
  })

  it('agrees with marking every byte of every hit, wherever the stream is cut', () => {
    const cuts = fc.array(fc.nat({ max: 12 }), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(literal, { maxLength: 6 }), text, cuts, (literals, input, lengths) => {
        const bytes = Buffer.from(input)
        expect(redact(literals, cut(bytes, lengths)).toString()).toBe(redactSlowly(literals, bytes).toString())
      }),
      { numRuns: 3000 },
    )
  })

  it('agrees also where many literals share their beginnings', () => {
    const many = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 14 }), {
      maxLength: 60,
    })
    const long = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 300 })
    fc.assert(
      fc.property(many, long, fc.array(fc.nat({ max: 50 }), { maxLength: 20 }), (literals, input, lengths) => {
        const bytes = Buffer.from(input)
        expect(redact(literals, cut(bytes, lengths)).toString()).toBe(redactSlowly(literals, bytes).toString())
      }),
    )
  })

  it('finds each of very many literals, and nothing between them', () => {
    const literals = Array.from({ length: 20_001 }, (_, at) => `v${at.toString(36).padStart(6, '0')}`)
    const input = [literals[0], 'v0000', literals[20_000], 'w000001', literals[777]].join(' ')
    expect(redact(literals, [Buffer.from(input)]).toString()).toBe('*** v0000 *** w000001 ***')
  })

  it('passes everything on that cannot be the beginning of a literal', () => {
    const redactor = new Redactor(new Literals(['secret-one', 'secret-two']))
    const push = (piece: string) => Buffer.from(redactor.push(Buffer.from(piece))).toString()
    expect(push('Password: ')).toBe('Password: ')
    expect(push('12% sec')).toBe('12% ')
    expect(push('onds\n')).toBe('seconds\n')
    expect(push('secret-o')).toBe('')
    expect(push('ne')).toBe('***')
    expect(push('!')).toBe('!')
    expect(push('secret-t')).toBe('')
    expect(Buffer.from(redactor.end()).toString()).toBe('secret-t')
  })

  it('makes one of hits that touch, though they come in many pieces', () => {
    const redactor = new Redactor(new Literals(['token', 'token-long', 'next']))
    const push = (piece: string) => Buffer.from(redactor.push(Buffer.from(piece))).toString()
    const pieces = ['a token!', 'token', '-lo', 'ng', 'ne', 'xt', 'b']
    expect(pieces.map(push)).toEqual(['a ***!', '', '', '***', '', '', 'b'])
  })

  it('holds back less than the longest literal, however long the stream', () => {
    const longest = 'a'.repeat(500)
    const redactor = new Redactor(new Literals([`${longest}b`]))
    let passed = 0
    for (let pushed = 0; pushed < 20_000; pushed += 100) {
      passed += redactor.push(Buffer.from('a'.repeat(100))).length
      expect(pushed + 100 - passed).toBeLessThanOrEqual(longest.length)
    }
  })
})

function redact(literals: readonly string[], pieces: readonly Uint8Array[]): Buffer {
  const redactor = new Redactor(new Literals(literals))
  return Buffer.concat([...pieces.map((piece) => redactor.push(piece)), redactor.end()])
}

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let from = 0
  for (const length of lengths) {
    pieces.push(bytes.subarray(from, from + length))
    from += length
  }
  return [...pieces, bytes.subarray(from)]
}

/** The plain version: a hit marks its bytes, and a run of marked bytes becomes three stars. */
function redactSlowly(literals: readonly string[], bytes: Buffer): Buffer {
  const marked = new Uint8Array(bytes.length)
  for (const one of literals)
    for (let at = bytes.indexOf(one); at >= 0; at = bytes.indexOf(one, at + 1))
      marked.fill(1, at, at + Buffer.byteLength(one))
  const pieces = Array.from(bytes, (byte, at) =>
    marked[at] === 0 ? Buffer.of(byte) : marked[at - 1] === 1 ? Buffer.alloc(0) : Buffer.from('***'),
  )
  return Buffer.concat(pieces)
}
