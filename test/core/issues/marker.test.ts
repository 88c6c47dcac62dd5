import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../../../src/core/check/judged.ts'
import { type Marker, parseMarker, printMarker } from '../../../src/core/issues/marker.ts'

const hex = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''))
const marker: fc.Arbitrary<Marker> = fc.record({
  id: fc.oneof(fc.constant('dashboard'), hex(16)),
  level: fc.constantFrom(...LEVELS),
  hash: hex(16),
  title: hex(8),
  owners: hex(8),
  cut: fc.nat(999_999),
})
const MARKER = printMarker({
  ...{ id: 'dashboard', level: 'due', hash: '0'.repeat(16) },
  ...{ title: '1'.repeat(8), owners: '2'.repeat(8), cut: 0 },
})

describe('the marker of an issue', () => {
  it('is read as it was printed, whatever follows', () => {
    fc.assert(
      fc.property(marker, fc.string(), fc.constantFrom('\n', '\r\n'), (one, rest, end) => {
        expect(parseMarker(`${printMarker(one)}${end}${rest}`)).toEqual(one)
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['a quote of it', `> ${MARKER}`],
    ['one that stands further down', `Look what it wrote:\n${MARKER}`],
    ['text behind it', `${MARKER} and more`],
    ['an id of another length', MARKER.replace('dashboard', 'abc')],
    ['a level that there is not', MARKER.replace('due', 'fine')],
    ['another version', MARKER.replace('v1', 'v2')],
    ['a very long line', `<!-- sealward:v1 id=${'0'.repeat(100_000)}`],
  ])('is not there in %s', (_, body) => {
    expect(parseMarker(MARKER)).not.toBeNull()
    expect(parseMarker(body)).toBeNull()
  })
})
