import { describe, expect, it } from 'vitest'
import { judgeHeartbeat, sayHeartbeat } from '../../../src/core/check/heartbeat.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000)

describe('a schedule', () => {
  it.each([
    ['ran within the days', [ago(1000), ago(71)], { kind: 'alive' }],
    ['ran just so long ago', [ago(72)], { kind: 'alive' }],
    ['ran longer ago', [ago(1000), ago(73)], { kind: 'silent', days: 3 }],
    ['ran on a clock that is ahead', [ago(-1)], { kind: 'alive' }],
    ['never ran', [], { kind: 'never' }],
  ])('that %s is judged by its last run', (_, starts, heartbeat) => {
    expect(judgeHeartbeat(starts, 3, NOW)).toEqual(heartbeat)
  })

  it('is told of in words, unless it is alive', () => {
    expect(sayHeartbeat({ kind: 'alive' }, 'check.yml')).toBeNull()
    expect(sayHeartbeat({ kind: 'silent', days: 1 }, 'check.yml')).toContain('silent for 1 day:')
    expect(sayHeartbeat({ kind: 'never' }, 'check.yml')).toContain('check.yml has not been started')
  })
})
