import { describe, expect, it } from 'vitest'
import { judgeBlob } from '../../../../src/core/scan/judge.ts'
import { ownValuesRule } from '../../../../src/core/scan/own/rule.ts'
import { RULES } from '../../../../src/core/scan/rules.ts'
import { tellName } from '../../../../src/tasks/steps/leaks/tell-name.ts'
import { newText, newToken } from '../../../action/scan/scan-job.ts'

const VALUE = newText(32)
const RULES_AND_OWN = [...RULES, ownValuesRule([{ file: '.env', name: 'V', value: VALUE }])]
const tell = (name: string) => tellName({ name, before: 'logs: ', otherwise: 'job 7' }, RULES_AND_OWN)

describe('the name of something that a run left behind', () => {
  it.each([
    'build (ubuntu-24.04, 22, 0123456789abcdef0123456789abcdef01234567)',
    'node_modules/.cache/7f3c1a9e2b4d5f60718293a4b5c6d7e8f9012345678901234567890abcdef012.json',
    'test / e2e-550e8400-e29b-41d4-a716-446655440000',
    '.env',
    '',
  ])('is told as it is: %s', async (name) => {
    expect(await tell(name)).toEqual({ path: `logs: ${name}`, secret: null })
  })

  it('is cut where it is longer than a report has room for', async () => {
    expect((await tell('x/'.repeat(30_000))).path.length).toBeLessThan(1100)
  })

  it.each([
    ['a token', newToken()],
    ['a value', VALUE],
    ['a value as base64', Buffer.from(VALUE).toString('base64')],
    ['a value behind what is cut off', `${'x/'.repeat(3000)}${VALUE}`],
  ])('is a text and no name when it holds %s', async (_, secret) => {
    const told = await tell(`deploy (${secret})`)
    expect([told.path, told.secret?.place.path]).toEqual(['logs: job 7', 'logs: job 7 (its name)'])
    const { bytes, place, archived } = told.secret!
    const hits = await judgeBlob({ path: archived!.name, shown: place.path, bytes }, RULES_AND_OWN)
    expect(hits.length).toBeGreaterThan(0)
    expect(JSON.stringify([told.path, hits])).not.toContain(secret)
  })
})
