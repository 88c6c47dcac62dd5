import { describe, expect, it } from 'vitest'
import type { Judged } from '../../../src/core/check/judged.ts'
import { MOST_CHARACTERS } from '../../../src/core/issues/body/fit.ts'
import type { ListedIssue } from '../../../src/core/issues/own.ts'
import { planIssues } from '../../../src/core/issues/plan.ts'
import type { IssueReport } from '../../../src/core/issues/report.ts'
import { organisationId } from '../../../src/core/organisation/identity.ts'
import { carriedOut, DASHBOARD_SETTINGS, EACH_SETTINGS, judged, report } from '../issues/made.ts'

const SETTINGS = { ...DASHBOARD_SETTINGS, mode: 'organisation' } as const
const DAY = '2026-11-20'

function of(repository: string, name: string, changed: Partial<Judged> = {}): Judged {
  const one = judged(name, changed)
  return { ...one, id: organisationId(`o/${repository}`, one.id), place: { file: `${repository}/.env.production` } }
}

function planned(listed: readonly ListedIssue[], today: IssueReport, settings = SETTINGS as typeof DASHBOARD_SETTINGS) {
  const { actions } = planIssues({ listed, report: today, settings })
  return { actions, listed: carriedOut(listed, actions) }
}

describe('the issue of an organisation', () => {
  it('stands beside those of the repository that it is in: none closes another', () => {
    const first = planned([], report(DAY, of('a', 'DB')))
    const second = planned(first.listed, report(DAY, judged('OWN')), DASHBOARD_SETTINGS)
    expect(second.actions.map((action) => action.do)).toEqual(['create'])
    expect(planned(second.listed, report(DAY, of('a', 'DB'))).actions).toEqual([])
    const each = planned(second.listed, report(DAY, judged('OWN')), EACH_SETTINGS)
    expect(each.listed.filter(({ state }) => state === 'open').map(({ number }) => number)).toEqual([1, 3])
  })

  it('keeps a line until its repository was looked at, whatever became of the others', () => {
    const { listed } = planned([], report(DAY, of('a', 'DB'), of('b', 'DB')))
    const unknown = organisationId('o/b', '').slice(0, 6)
    const today = { ...report('2026-11-21'), isSettled: (id: string) => !id.startsWith(unknown) }
    const body = planned(listed, today).listed[0]!.body
    expect(body).toContain('Not looked at this time')
    expect(body.match(/sealward:item/g)).toHaveLength(1)
    expect(planned(listed, { ...today, isSettled: () => true }).actions.map((one) => one.do)).toEqual(['close'])
  })

  it('has, for 500 repositories with three things each, room for what is most urgent, and counts of all else', () => {
    const all = Array.from({ length: 1500 }, (_, at) =>
      of(`repository-${String(at % 500).padStart(3, '0')}`, `SECRET_${at}`, { level: at < 100 ? 'overdue' : 'due' }),
    )
    const [issue] = planned([], report(DAY, ...all)).listed
    const { body } = issue!
    expect(body.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    const lines = body.match(/sealward:item/g)!.length
    expect(body.match(/level=overdue -->/g)).toHaveLength(100)
    expect(body).toContain(`${1500 - lines} more have no line here`)
    const rows = body.match(/^\| <code>repository.*\| 1 \|/gm)?.length ?? 0
    expect(rows).toBeGreaterThan(50)
    expect(body).toContain('more repositories')
    expect(body).toContain('100 overdue, 1400 due')
  })
})
