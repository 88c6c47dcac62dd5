import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect, MAX_DETECTIONS } from '../../../../src/core/scan/engine/engine.ts'
import { isPlaceholder } from '../../../../src/core/scan/engine/placeholder.ts'
import { compileRules, type Finder } from '../../../../src/core/scan/engine/rule-set.ts'
import { MAX_TRIES } from '../../../../src/core/scan/engine/tokens/token-search.ts'
import type { TokenRule } from '../../../../src/core/scan/tokens/token-rule.ts'
import { ANY_FILE, MARKED, named, randomText, rule, textOf } from './samples.ts'

const RULES: readonly TokenRule[] = [
  rule({ id: 'begins', literals: ['gp_', 'gq_'], shape: /g[pq]_[a-c]{4}/ }),
  rule({ id: 'behind', literals: ['.at.'], lead: 3, shape: /[a-c]{3}\.at\.[a-c]{2,5}/ }),
  rule({ id: 'varies', literals: ['-T3-', '-T4-'], lead: 4, shape: /[a-c]{1,4}-T[34]-[a-c]{2}(?:-T3-a)?/ }),
  rule({ id: 'near', literals: [], near: ['dog', 'bird'], shape: /[0-9]{4,6}(?![0-9])/ }),
  rule({ id: 'adjoins', literals: ['--a', '-a-'], shape: /-a-[12]{2}|--a[12]{3}/ }),
  rule({ id: 'both', literals: ['k0='], near: ['cat'], shape: /k0=[a-c]{3}/ }),
]

/** The slow plain engine: every rule at every place. */
function slow(characters: string, each: TokenRule): string[] {
  const found: string[] = []
  const sticky = new RegExp(each.shape.source, 'y')
  for (let at = 0; at < characters.length; at += 1) {
    sticky.lastIndex = at
    const token = sticky.exec(characters)?.[0]
    if (token === undefined || !mayBegin(characters, at) || !isWoken(characters, at, each)) continue
    const prefix = Math.max(0, ...each.literals.map((literal) => (token.startsWith(literal) ? literal.length : 0)))
    const counts = each.literals.length === 0 || each.near === undefined || hasNear(characters, at, each.near)
    if (counts && !isPlaceholder(token, prefix)) found.push(`${each.id} ${at} ${token}`)
    at += token.length - 1
  }
  return found
}

function mayBegin(characters: string, at: number): boolean {
  const before = characters.slice(0, at)
  if (!/\w$/.test(before) || !/^\w/.test(characters.slice(at))) return true
  return /(?:\\[nrtbfv0]|%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})$/i.test(before)
}

function isWoken(characters: string, at: number, { literals, lead = 0, near }: TokenRule): boolean {
  if (literals.length === 0) return hasNear(characters, at, near ?? [])
  return literals.some((literal) => {
    const next = characters.indexOf(literal, at)
    return next >= 0 && next <= at + lead
  })
}

function hasNear(characters: string, at: number, words: readonly string[]): boolean {
  return words.some((word) => {
    for (let place = 0; place < at; place += 1) {
      const found = characters.slice(place, place + word.length).toLowerCase() === word
      const isNear = at <= place + word.length + 80 && characters.slice(place, at).split('\n').length <= 2
      if (found && isNear && at > place) return true
    }
    return false
  })
}

function fast(characters: string, each: TokenRule): string[] {
  const text = textOf(characters)
  const { detections } = detect(text, ANY_FILE, compileRules({ tokens: [each] }))
  return detections.map(({ rule: id, start, end }) => `${id} ${start} ${text.slice(start, end)}`)
}

const piece = fc.oneof(
  fc.constantFrom(
    'gp_abca',
    'gq_',
    'abc.at.bca',
    '.at.',
    'ab-T3-ab',
    '-T4-ca',
    'k0=abc',
    'cat',
    'Dog',
    'BIRD',
    '1357',
    '24683',
  ),
  fc.constantFrom('dog=1357', 'Bird 24683', 'cat k0=abc', 'cat\nk0=bca', '--a-12', '--a121', '-a-'),
  fc.constantFrom('\n', ' ', '\\n', '%3D', '\\x3d', '\\u003d', '_', 'a', '=', ' '.repeat(75), '-'.repeat(40)),
  fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-', '1', '2'), maxLength: 5 }),
)

describe('the engine', () => {
  it.each(RULES)('finds what trying the rule at every place finds: $id', (each) => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        expect(fast(pieces.join(''), each)).toEqual(slow(pieces.join(''), each))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([0, 1])('looks for a word as far back with a literal as without: %s beyond the reach', (beyond) => {
    const between = ' '.repeat(80 + beyond)
    expect(
      fast(`cat${between}k0=abc`, rule({ id: 'a', literals: ['k0='], near: ['cat'], shape: /k0=[a-c]{3}/ })),
    ).toHaveLength(1 - beyond)
    expect(fast(`cat${between}12345`, rule({ id: 'b', literals: [], near: ['cat'], shape: /[0-9]{5}/ }))).toHaveLength(
      1 - beyond,
    )
  })

  it('finds as much with all rules together, but for overlaps', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const characters = pieces.join('')
        const alone = RULES.flatMap((each) => fast(characters, each))
        const text = textOf(characters)
        const together = detect(text, ANY_FILE, compileRules({ tokens: RULES })).detections
        for (const { rule: id, start, end } of together)
          expect(alone).toContain(`${id} ${start} ${text.slice(start, end)}`)
        if (together.length < alone.length) expect(overlaps(alone)).toBe(true)
      }),
    )
  })

  it.each([
    [' ', true],
    ['"', true],
    ['=', true],
    ['x', false],
    ['_', false],
    ['7', false],
    ['\\n', true],
    ['\\t', true],
    ['\\w', false],
    ['%3D', true],
    ['\\x22', true],
    ['\\u003d', true],
    ['\\u00zd', false],
  ])('behind %s a token begins: %s', (before, expected) => {
    const text = textOf(`"${before}mkd_${randomText(24)}"`)
    expect(detect(text, ANY_FILE, compileRules({ tokens: [MARKED] })).detections).toHaveLength(expected ? 1 : 0)
  })

  it.each([
    ['holds', 'high'],
    ['fails', 'low'],
    ['none', 'medium'],
  ] as const)('a proof that %s makes the confidence %s', (proof, confidence) => {
    const set = compileRules({ tokens: [{ ...MARKED, proof: () => proof }] })
    const [detection] = detect(textOf(`mkd_${randomText(24)}`), ANY_FILE, set).detections
    expect(detection?.confidence).toBe(confidence)
    expect(detection?.reasons).toHaveLength(proof === 'none' ? 1 : 2)
  })

  it('prefers a token to a guess about the same characters, and keeps a guess about others', () => {
    const guess: Finder = {
      literals: ['password='],
      inDecoded: () => false,
      find: (text, hits) =>
        hits.map((hit) => ({
          rule: 'guess',
          start: hit + 9,
          end: text.lineEnd(hit),
          severity: 'high',
          confidence: 'medium',
          shown: 0,
          reasons: [],
        })),
    }
    const token = `mkd_${randomText(24)}`
    const text = textOf(`Password=${token} and more\nPASSWORD=letmein1\n`)
    const result = detect(text, ANY_FILE, compileRules({ tokens: [MARKED], finders: [guess] }))
    expect(named(text, result)).toEqual([`marked ${token}`, 'guess letmein1'])
  })

  it('tells a finder of a place once, however many of its literals begin there', () => {
    const told: (readonly number[])[] = []
    const finder: Finder = {
      literals: ['abc', 'abc', 'abcd'],
      inDecoded: () => false,
      find: (_, hits) => {
        told.push(hits)
        return []
      },
    }
    detect(textOf('abcd abc'), ANY_FILE, compileRules({ tokens: [], finders: [finder] }))
    expect(told).toEqual([[0, 5]])
  })

  it('does not report what stands for a token', () => {
    const text = textOf(`mkd_${'x'.repeat(24)} mkd_${randomText(24)}`)
    expect(detect(text, ANY_FILE, compileRules({ tokens: [MARKED] })).detections).toMatchObject([{ start: 29 }])
  })

  it('prefers the longer of two tokens', () => {
    const longer = rule({ id: 'longer', literals: ['key:'], shape: /key:mkd_\w+/ })
    const token = `mkd_${randomText(24)}`
    const text = textOf(`key:${token}`)
    expect(named(text, detect(text, ANY_FILE, compileRules({ tokens: [MARKED, longer] })))).toEqual([
      `longer key:${token}`,
    ])
  })

  it('stops at a thousand and says so', () => {
    const text = textOf(Array.from({ length: MAX_DETECTIONS + 1 }, () => `mkd_${randomText(24)}`).join('\n'))
    const { detections, complete } = detect(text, ANY_FILE, compileRules({ tokens: [MARKED] }))
    expect([detections.length, complete]).toEqual([MAX_DETECTIONS, false])
  })

  it('tries a rule only so often on one text, and says so', () => {
    const token = `mkd_${randomText(24)}`
    const behind = (tries: number) =>
      detect(textOf(`${'mkd_-'.repeat(tries)} ${token}`), ANY_FILE, compileRules({ tokens: [MARKED] }))
    expect(behind(MAX_TRIES - 2)).toMatchObject({ detections: [{ rule: 'marked' }], complete: true })
    expect(behind(MAX_TRIES + 1)).toMatchObject({ detections: [], complete: false })
  })

  it('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(
          detect(textOf(Buffer.from(bytes).toString('latin1')), ANY_FILE, compileRules({ tokens: RULES })).complete,
        ).toBe(true)
      }),
    )
  })
})

function overlaps(found: readonly string[]): boolean {
  const spans = found.map((each) => {
    const [, start = '', token = ''] = /^\S+ (\d+) ([\s\S]*)$/.exec(each) ?? []
    return { start: Number(start), end: Number(start) + token.length }
  })
  return spans.some((one, index) =>
    spans.slice(index + 1).some((other) => one.start < other.end && other.start < one.end),
  )
}
