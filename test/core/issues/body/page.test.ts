import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../../../src/core/check/judged.ts'
import { MOST_CHARACTERS } from '../../../../src/core/issues/body/fit.ts'
import { parseMarker } from '../../../../src/core/issues/marker.ts'
import { type IssuePlan, planIssues } from '../../../../src/core/issues/plan.ts'
import type { IssueSettings } from '../../../../src/core/issues/settings.ts'
import { carriedOut, DASHBOARD_SETTINGS, EACH_SETTINGS, judged, report } from '../made.ts'

function plan(today: CheckReport, settings: IssueSettings): IssuePlan {
  return planIssues({ listed: [], report: today, settings })
}

function bodyOf(today: CheckReport, settings: IssueSettings): string {
  const [first] = plan(today, settings).actions
  return first?.do === 'create' ? first.body : ''
}

const many = (length: number, changed = {}) =>
  Array.from({ length }, (_, index) => judged(`${'N'.repeat(60)}_${index}`, { owners: ['octo-org/ops'], ...changed }))

describe('the body of an issue', () => {
  it.each([
    ['dashboard', DASHBOARD_SETTINGS],
    ['finding', EACH_SETTINGS],
  ])('reads as in test/vectors/issues/%s.md', async (name, settings) => {
    const today = report(
      '2026-11-20',
      judged('DB_PASSWORD', { level: 'overdue', owners: ['mona', 'octo-org/ops'] }),
      judged('API_KEY', { level: 'late', environment: null, place: null }),
      judged('FINE', { level: 'ok', due: new Date('2027-02-01T00:00:00Z') }),
    )
    const body = bodyOf({ ...today, notes: [{ message: 'the clone is shallow' }] }, settings)
    await expect(body).toMatchFileSnapshot(`../../../vectors/issues/${name}.md`)
  })

  it('is never longer than GitHub keeps, and counts what was left out', () => {
    const today = report('2026-11-20', ...many(2000))
    const body = bodyOf(today, DASHBOARD_SETTINGS)
    expect(body.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    const listed = body.match(/sealward:item/g)?.length ?? 0
    expect(listed).toBeGreaterThan(100)
    expect(parseMarker(body)?.cut).toBe(2000 - listed)
    expect(body).toContain(`${2000 - listed} more have no line here`)
  })

  it('is within the limit whatever things are called', () => {
    const name = '\u{1f600}'.repeat(5000)
    const evil = { message: name, advice: name, environment: name, owners: [name, name], reasons: [name], rule: name }
    const today = report('2026-11-20', ...Array.from({ length: 60 }, (_, index) => judged(`${name}${index}`, evil)))
    for (const settings of [DASHBOARD_SETTINGS, EACH_SETTINGS]) {
      const { actions } = plan(today, settings)
      for (const action of actions) {
        expect(action.do === 'create' ? action.body.length : 0).toBeLessThanOrEqual(MOST_CHARACTERS)
        expect(action.do === 'create' ? [...action.title].length : 0).toBeLessThanOrEqual(256)
      }
    }
  })

  it('of 2000 things is not written again the day after, nor told of what has no line, until that gets worse', () => {
    const today = many(2000)
    const { actions } = plan(report('2026-11-20', ...today), DASHBOARD_SETTINGS)
    const listed = carriedOut([], actions)
    const next = (...all: typeof today) =>
      planIssues({ listed, report: report('2026-11-21', ...all), settings: DASHBOARD_SETTINGS }).actions
    expect(next(...today)).toEqual([])
    const worse = today.map((one, index) => (index === 1999 ? { ...one, level: 'overdue' as const } : one))
    expect(next(...worse).map((action) => action.do)).toEqual(['comment', 'update'])
  })

  it.each(['hashed', 'none'] as const)('names nothing with names: %s', (names) => {
    const today = report('2026-11-20', judged('DB_PASSWORD'))
    for (const settings of [DASHBOARD_SETTINGS, EACH_SETTINGS]) {
      const text = JSON.stringify(plan(today, { ...settings, names }))
      expect(text).not.toMatch(/DB.{0,10}PASSWORD/)
      expect(text).toContain(names === 'hashed' ? 'secret-' : 'secret')
    }
  })

  it('mentions owners only where that is wanted, and never what is no login', () => {
    const today = report('2026-11-20', judged('DB', { owners: ['octo-org/ops', 'every@one', 'mona'] }))
    for (const settings of [DASHBOARD_SETTINGS, EACH_SETTINGS]) {
      expect(bodyOf(today, settings)).not.toContain('@')
      const told = bodyOf(today, { ...settings, mentions: true })
      expect(told.match(/@[\w/-]+/g)).toEqual(['@octo-org/ops', '@mona'])
    }
  })
})
