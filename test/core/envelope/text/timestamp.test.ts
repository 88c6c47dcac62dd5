import { describe, expect, it } from 'vitest'
import { canonicalTimestamp, printTimestamp } from '../../../../src/core/envelope/text/timestamp.ts'
import { codeOf } from '../../../support/sealing.ts'

describe('sops_lastmodified', () => {
  it('is written in UTC, without a fraction', () => {
    expect(printTimestamp(new Date('2026-01-02T03:04:05.999+02:00'))).toBe('2026-01-02T01:04:05Z')
  })

  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05-00:00', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.5+02:00', '2026-01-02T03:04:05+02:00'],
  ])('%s is bound to the MAC as %s', (stored, bound) => {
    expect(canonicalTimestamp(stored)).toBe(bound)
  })

  it.each([
    '',
    '2026-01-02',
    '2026-01-02 03:04:05Z',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05z',
    '2026-01-02t03:04:05Z',
    '2026-01-02T03:04:05.Z',
    '2026-01-02T03:04:05Z ',
    '2026-01-02T03:04:05+2:00',
    '2026-01-02T03:04:05+24:00',
    '2026-13-02T03:04:05Z',
    '2026-01-02T25:04:05Z',
  ])('%j is no time', async (stored) => {
    expect(await codeOf(() => canonicalTimestamp(stored))).toBe('malformed')
  })
})
