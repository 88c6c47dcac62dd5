import { describe, expect, it } from 'vitest'
import { fromBasic, fromDigits, fromSeconds, fromText } from '../../../src/core/expiry/dates.ts'

const iso = (date: Date | null) => date?.toISOString() ?? null

describe('a date', () => {
  it.each([
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T23:59', '2027-01-31T23:59:00.000Z'],
    ['2027-01-31T23:59:58', '2027-01-31T23:59:58.000Z'],
    ['2027-01-31T23:59:58.25+02:00', '2027-01-31T21:59:58.250Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2027-02-29', null],
    ['2027-13-01', null],
    ['2027-01-31T25:00:00Z', null],
    ['2027-01-31T23:60Z', null],
    ['2027-01-31T23:59:58+99:00', null],
    ['31.1.2027', null],
    [' 2027-01-31', null],
    [20270131, null],
  ])('of RFC 3339 in %j is %s', (text, expected) => {
    expect(iso(fromText(text))).toBe(expected)
  })

  it.each([
    ['20270131T235958Z', '2027-01-31T23:59:58.000Z'],
    ['20270230T000000Z', null],
    ['20270131', null],
    [undefined, null],
  ])('in the basic form %j is %s', (text, expected) => {
    expect(iso(fromBasic(text))).toBe(expected)
  })

  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [8.64e12, '+275760-09-13T00:00:00.000Z'],
    [8.64e12 + 1, null],
    [Number.NaN, null],
    ['0', null],
  ])('%j seconds after 1970 is %s', (seconds, expected) => {
    expect(iso(fromSeconds(seconds))).toBe(expected)
  })

  it.each([
    ['1800000000', '2027-01-15T08:00:00.000Z'],
    ['1e9', null],
    ['-1', null],
    ['9'.repeat(16), null],
    [undefined, null],
  ])('%j as digits is %s', (digits, expected) => {
    expect(iso(fromDigits(digits))).toBe(expected)
  })
})
