import { describe, expect, it } from 'vitest'
import { judgeLockdownPolicy } from '../../../../src/core/check/repository/lockdown.ts'
import { isMeant, judgeLockdown } from '../../../../src/core/lockdown/judge.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'

const TEXT = 'ledger: true\nlockdown: { since: 2026-11-21T12:00:00Z, reason: a laptop is gone, environments: [eu] }\n'
const LOCKED = parsePolicy(`${TEXT}environments: { eu: { paths: ['eu/**'] } }\n`, 'sealward.yml')
const OPEN = parsePolicy('ledger: true\n', 'sealward.yml')

describe('a lockdown', () => {
  it('is told of for as long as it lasts, with its line, its reason and what ends it', () => {
    expect(judgeLockdownPolicy(LOCKED)).toMatchObject([
      {
        ...{ kind: 'file', rule: 'locked-down', level: 'overdue', name: 'sealward.yml' },
        place: { file: 'sealward.yml', line: 2 },
        since: new Date('2026-11-21T12:00:00Z'),
        message: 'the Action decrypts nothing since the lockdown of 2026-11-21T12:00:00Z: a laptop is gone',
        advice: expect.stringContaining('sealward lockdown --lift'),
      },
    ])
  })

  it('is told of no more once it is lifted, and means no file', () => {
    expect(judgeLockdownPolicy(OPEN)).toEqual([])
    expect(isMeant(OPEN, 'eu/.env.encrypted')).toBe(false)
    expect(judgeLockdown(OPEN, 'eu/.env.encrypted', { ref: 'refs/heads/main' })).toBeNull()
  })

  it('means the files of its environments, for whatever run', () => {
    expect(['eu/.env.encrypted', 'us/.env.encrypted'].map((path) => isMeant(LOCKED, path))).toEqual([true, false])
  })
})
