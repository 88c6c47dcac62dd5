import { describe, expect, it } from 'vitest'
import { idOf } from '../../../src/core/check/identity.ts'
import type { Level } from '../../../src/core/check/judged.ts'
import { planIncident, planIncidentAhead, planIncidentOver } from '../../../src/core/issues/incident.ts'
import type { ListedIssue } from '../../../src/core/issues/own.ts'
import { planIssues } from '../../../src/core/issues/plan.ts'
import { lockdownListPath } from '../../../src/core/lockdown/list.ts'
import type { LockdownPolicy } from '../../../src/core/policy/sections/lockdown.ts'
import { carriedOut, DASHBOARD_SETTINGS, judged, report } from './made.ts'

const SINCE = new Date('2026-11-20T08:00:00Z')
const LOCKDOWN: LockdownPolicy = {
  line: 9,
  since: SINCE,
  reason: 'laptop *stolen* @everyone',
  environments: null,
  refs: null,
}
const place = { file: lockdownListPath(SINCE), line: 6 }

function left(name: string, level: Level) {
  return judged(name, {
    rule: 'left-behind',
    level,
    place,
    id: idOf({ kind: 'secret', rule: 'left-behind', name, place }),
  })
}

const day = (lockdown: LockdownPolicy | null, ...all: ReturnType<typeof judged>[]) => ({
  ...report('2026-11-21', ...all),
  lockdown,
})
const run = (listed: readonly ListedIssue[], ...given: Parameters<typeof day>) =>
  carriedOut(listed, planIncident(listed, day(...given)))
const boxes = ({ body }: ListedIssue) =>
  [...body.matchAll(/^- \[(.)\] (.{0,12})/gm)].map(([, box, text]) => `${box} ${text}`)

describe('the issue of a lockdown', () => {
  it('is opened once, and ticks itself as secrets get other values', () => {
    const first = run([], LOCKDOWN, left('A', 'overdue'), left('B', 'overdue'), judged('OTHER'))
    expect(first.length).toBe(1)
    expect(first[0]!.body).toContain('0 of 2 are done')
    expect(boxes(first[0]!).slice(-2)).toEqual(['  **<code>A</c', '  **<code>B</c'])
    expect(planIncident(first, day(LOCKDOWN, left('A', 'overdue'), left('B', 'overdue')))).toEqual([])
    const second = run(first, LOCKDOWN, left('A', 'ok'), left('B', 'overdue'))
    expect(second[0]!.body).toContain('1 of 2 are done')
    expect(boxes(second[0]!).slice(-2)).toEqual(['x **<code>A</c', '  **<code>B</c'])
  })

  it('keeps what people ticked', () => {
    const [issue] = run([], LOCKDOWN, left('A', 'overdue'))
    const ticked = { ...issue!, body: issue!.body.replace('- [ ] Nobody', '- [x] Nobody') }
    const [after] = run([ticked], LOCKDOWN, left('A', 'ok'))
    expect(boxes(after!).filter((box) => box.startsWith('x'))).toEqual([
      'x The Action d',
      'x Nobody who m',
      'x **<code>A</c',
    ])
  })

  it('is closed when the lockdown is lifted, and another one has another issue', () => {
    const first = run([], LOCKDOWN, left('A', 'overdue'))
    expect(run(first, null)[0]).toMatchObject({ state: 'closed', stateReason: 'completed' })
    const again = run(first, { ...LOCKDOWN, since: new Date('2026-11-21T08:00:00Z') })
    expect(again.map(({ state }) => state)).toEqual(['closed', 'open'])
    expect(planIncident(run(first, null), day(null))).toEqual([])
  })

  it.each([
    [{}, 'decrypts nothing.'],
    [{ environments: ['production', 'eu'] }, 'of <code>production</code>, <code>eu</code>.'],
    [{ refs: ['refs/heads/main'] }, 'in runs of <code>refs/heads/main</code>.'],
    [
      { environments: ['eu'], refs: ['refs/tags/v*'] },
      'decrypts nothing of <code>eu</code> in runs of <code>refs/tags/v*</code>.',
    ],
  ])('says what is locked down: %j', (scope, words) => {
    const [issue] = run([], { ...LOCKDOWN, ...scope })
    const [line] = /^- \[x\] The Action .*$/m.exec(issue!.body)!
    const readable = line.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    expect(readable.slice(-words.length)).toBe(words)
  })

  it('is, of two that were opened at the same time, the one of a bot, then the older one', () => {
    const [issue] = run([], LOCKDOWN, left('A', 'overdue'))
    const three = [
      { ...issue!, number: 3, author: 'mona' },
      { ...issue!, number: 5 },
      { ...issue!, number: 4 },
    ]
    expect(planIncidentAhead(three, day(LOCKDOWN)).shown).toBe(4)
    expect(planIncidentOver(three, SINCE)).toMatchObject({
      shown: 4,
      actions: [{ issue: 4 }, { issue: 5 }, { issue: 3 }],
    })
    expect(planIncidentAhead([{ ...three[0]!, author: null }, three[1]!], day(LOCKDOWN)).shown).toBe(5)
  })

  it('reads no step in a line that is too long to be one of ours', () => {
    const [issue] = run([], LOCKDOWN, left('A', 'overdue'))
    const long = { ...issue!, body: issue!.body.replace('- [ ] Nobody', `- [x] ${'x'.repeat(1000)} Nobody`) }
    const [after] = run([long], LOCKDOWN, left('A', 'ok'))
    expect(boxes(after!)).toContain('  Nobody who m')
  })

  it('stays closed where a person closed it', () => {
    const [issue] = run([], LOCKDOWN, left('A', 'overdue'))
    const closed = { ...issue!, state: 'closed' as const }
    expect(planIncident([closed], day(LOCKDOWN, left('A', 'ok')))).toEqual([])
  })

  it("is nobody else's issue: one without our label, or with its marker further down, is left alone", () => {
    const [issue] = run([], LOCKDOWN)
    const pasted = { ...issue!, body: `Look:\n${issue!.body}` }
    expect(planIncident([{ ...issue!, labels: [] }, pasted], day(null))).toEqual([])
  })

  it('says the reason as text, and nothing where nobody looked', () => {
    const [issue] = run([], LOCKDOWN)
    expect(issue!.body).not.toMatch(/\*stolen\*|(?<!`)@everyone/)
    expect(planIncident([issue!], report('2026-11-21'))).toEqual([])
  })

  it("has room for GitHub's limit, however many there are", () => {
    const many = Array.from({ length: 2000 }, (_, at) => left(`SECRET_${at}`, 'overdue'))
    const [issue] = run([], LOCKDOWN, ...many)
    expect(issue!.body.length).toBeLessThan(65_536)
    expect(issue!.body).toMatch(/\.\.\. and \d+ more/)
  })

  it('hides names where they are hidden, and stands beside the dashboard', () => {
    const settings = { ...DASHBOARD_SETTINGS, names: 'hashed' as const }
    const { actions } = planIssues({ listed: [], report: day(LOCKDOWN, left('A_NAME', 'overdue')), settings })
    expect(actions.map((action) => action.do)).toEqual(['create', 'create'])
    expect(JSON.stringify(actions)).not.toContain('A_NAME')
    const listed = carriedOut([], actions)
    const again = planIssues({ listed, report: day(LOCKDOWN, left('A_NAME', 'overdue')), settings })
    expect(again.actions).toEqual([])
  })
})

describe('the issue that whoever locks down opens, ahead of the push', () => {
  const ahead = (...given: Parameters<typeof day>) => carriedOut([], planIncidentAhead([], day(...given)).actions)
  const A = () => left('A', 'overdue')

  it('is taken over by the first run that sees the lockdown, which says what it now knows', () => {
    const opened = ahead(LOCKDOWN, A())
    expect(boxes(opened[0]!)[0]).toBe('  The Action d')
    const seen = run(opened, LOCKDOWN, A())
    expect(seen.map(({ state }) => state)).toEqual(['open'])
    expect(boxes(seen[0]!)).toEqual(boxes(run([], LOCKDOWN, A())[0]!))
    expect(planIncident(seen, day(LOCKDOWN, A()))).toEqual([])
  })

  it('is left open by a run for an older commit, which knows neither the lockdown nor its list', () => {
    const opened = ahead(LOCKDOWN, A())
    expect(planIncident(opened, day(null))).toEqual([])
    const other = { ...LOCKDOWN, since: new Date('2026-11-21T08:00:00Z') }
    expect(run(opened, other).map(({ state }) => state)).toEqual(['open', 'open'])
  })

  it('is closed by a run that has its list and no lockdown any more', () => {
    expect(run(ahead(LOCKDOWN, A()), null, A())[0]).toMatchObject({ state: 'closed', stateReason: 'completed' })
  })

  it('is not opened where there is one, and leaves those of other lockdowns alone', () => {
    const [before] = run([], { ...LOCKDOWN, since: new Date('2026-11-01T08:00:00Z') })
    expect(planIncidentAhead([before!], day(LOCKDOWN, A())).actions.map((action) => action.do)).toEqual(['create'])
    const [seen] = run([], LOCKDOWN, A())
    for (const issue of [seen!, { ...seen!, state: 'closed' as const }])
      expect(planIncidentAhead([issue], day(LOCKDOWN, A()))).toEqual({ actions: [], shown: 1 })
    expect(planIncidentAhead([], day(null))).toEqual({ actions: [], shown: null })
  })

  it('is closed with the lockdown that is lifted, ahead or not, and stays closed until that is pushed', () => {
    for (const opened of [ahead(LOCKDOWN, A()), run([], LOCKDOWN, A())]) {
      const { actions, shown } = planIncidentOver(opened, SINCE)
      const closed = carriedOut(opened, actions)
      expect([shown, closed[0]!.state]).toEqual([1, 'closed'])
      expect(planIncident(closed, day(LOCKDOWN, A()))).toEqual([])
      expect(planIncident(closed, day(null, A()))).toEqual([])
      expect(planIncidentOver(closed, SINCE)).toEqual({ actions: [], shown: null })
      expect(planIncidentOver(opened, new Date('2026-11-21T08:00:00Z'))).toEqual({ actions: [], shown: null })
    }
  })

  it('is none where a marker names no moment', () => {
    const [opened] = ahead(LOCKDOWN, A())
    const odd = { ...opened!, body: opened!.body.replace('2026-11-20T08', '2026-99-99T99') }
    expect(planIncident([odd], day(null))).toEqual([])
  })
})
