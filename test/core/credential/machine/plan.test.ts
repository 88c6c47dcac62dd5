import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src/core/credential/machine/outcome.ts'
import { type PlanQuestion, planOf } from '../../../../src/core/credential/machine/plan.ts'
import { shapesFor } from '../../../../src/core/credential/statements/shapes.ts'
import { DRIVERS, STRATEGIES_OF, type Target } from '../../../../src/core/credential/target.ts'
import { printRecord, printRotated, rotatedJson, wordsOf } from '../../../../src/core/report/rotation/credentials.ts'

const question: PlanQuestion = {
  method: { strategy: 'dual', issues: false },
  driver: 'redis',
  users: { pending: 'app', current: 'app' },
  ...{ file: '.env.encrypted', graceHours: 24, checks: 2, emergency: false, byRequest: true },
  shapesOf: ({ kind, user }) => [`${kind} ${user}`],
}
const shapes = (change: Partial<PlanQuestion>) =>
  planOf({ ...question, ...change }).steps.flatMap((step) => step.shapes)
const phases = (change: Partial<PlanQuestion>) => planOf({ ...question, ...change }).steps.map(({ phase }) => phase)
const turns = { method: { strategy: 'alternating', issues: false }, users: { pending: 'b', current: 'a' } } as const
const single = { method: { strategy: 'single', issues: false } } as const

describe('a plan', () => {
  it('says what each strategy tells the system', () => {
    expect(shapes({})).toEqual(['add app', 'retire app'])
    expect(shapes(turns)).toEqual(['replace b', 'replace a'])
    expect(shapes(single)).toEqual(['replace app'])
    expect(shapes({ method: { strategy: 'dual', issues: true } })).toEqual(['issue app', 'retire app'])
  })

  it('has a grace where there is an overlap and no emergency', () => {
    const all = ['planned', 'pending-committed', 'applied', 'tested', 'promoted', 'grace', 'revoked']
    expect(phases({})).toEqual(all)
    expect(phases(turns)).toEqual(all)
    for (const change of [single, { emergency: true }])
      expect(phases(change)).toEqual(all.filter((one) => one !== 'grace'))
    expect(JSON.stringify(planOf(question))).toContain('a pull request is opened')
    expect(JSON.stringify(planOf({ ...question, byRequest: false, checks: 0 }))).not.toContain('pull request')
  })

  it('can be shown for every driver and what it can do', async () => {
    const options: Partial<Record<(typeof DRIVERS)[number], Record<string, string>>> = {
      command: { argv: '["./x"]' },
      'github-secret': { secret: 'github:acme/app:A' },
    }
    for (const driver of DRIVERS)
      for (const strategy of STRATEGIES_OF[driver]) {
        const tls = { mode: 'verify-full', ca: null, serverName: null } as const
        const target: Target = { driver, host: 'h', port: null, database: null, tls, options: options[driver] ?? {} }
        const shapesOf = await shapesFor(target)
        const users = strategy === 'alternating' ? turns.users : question.users
        const plan = planOf({ ...question, driver, users, method: { strategy, issues: false }, shapesOf })
        expect(plan.steps.flatMap((step) => step.shapes).length, `${driver} ${strategy}`).toBeGreaterThan(0)
      }
  })
})

describe('what is said of a run', () => {
  const outcomes: readonly Outcome[] = [
    { kind: 'rotated' },
    { kind: 'waiting', for: 'merge', until: null },
    { kind: 'waiting', for: 'grace', until: new Date('2026-03-04T05:06:07Z') },
    { kind: 'rolled-back', asked: true, why: 'a rollback was asked for' },
    { kind: 'nothing', why: 'no rotation is under way' },
    { kind: 'planned', plan: planOf(question) },
    { kind: 'breaker', why: 'it failed 3 times in a row' },
    { kind: 'drift', why: 'neither works' },
    { kind: 'rollback-failed', why: 'the old login does not work' },
    { kind: 'failed', code: 'unavailable', why: 'no\u001b[31mnetwork', hint: 'wait' },
    { kind: 'failed', code: 'git', why: 'refused', hint: null },
  ]

  it('is a sentence of its own for each, which drives no terminal', () => {
    const words = outcomes.map(wordsOf)
    expect(new Set(words).size).toBe(outcomes.length)
    expect(words.join('')).not.toContain('\u001b')
    expect(words[2]).toContain('2026-03-04T05:06:07.000Z')
  })

  it('has the request, the steps of a plan, and the same facts as JSON', () => {
    const [, , , , , planned] = outcomes
    expect(printRotated({ name: 'x', outcome: planned!, request: 'https://example.org/1' })).toMatch(
      /^x: would be rotated .* \(https:\/\/example\.org\/1\)\n {2}planned +lock; .*\n/,
    )
    const all = outcomes.map((outcome) => ({ name: 'x', outcome, request: null }))
    expect(JSON.parse(rotatedJson(all)).credentials.map(({ kind }: Outcome) => kind)).toEqual(
      outcomes.map(({ kind }) => kind),
    )
  })

  it('has a line for what is known of a record, and none for the rest', () => {
    const record = {
      ...({
        id: '0',
        name: 'x',
        file: 'f',
        driver: 'redis',
        strategy: 'dual',
        phase: 'grace',
        emergency: false,
      } as const),
      ...{
        started: new Date(0),
        updated: new Date(0),
        graceUntil: new Date(0),
        failures: 2,
        lastFailure: 'unavailable',
      },
    }
    expect(printRecord(record)).toContain('failures    2, the last time unavailable\n')
    expect(printRecord({ ...record, failures: 0, graceUntil: null }).split('\n').length).toBe(6)
  })
})
