import { describe, expect, it } from 'vitest'
import type { CheckReport, Judged } from '../../../src/core/check/judged.ts'
import type { CommentAction, IssueAction } from '../../../src/core/issues/action.ts'
import type { ListedIssue } from '../../../src/core/issues/own.ts'
import { planIssues } from '../../../src/core/issues/plan.ts'
import type { IssueSettings } from '../../../src/core/issues/settings.ts'
import { BOT, carriedOut, DASHBOARD_SETTINGS, EACH_SETTINGS, judged, report } from './made.ts'

/** A repository over some days. */
class Days {
  issues: ListedIssue[] = []
  readonly #settings: IssueSettings

  constructor(settings: IssueSettings) {
    this.#settings = settings
  }

  actions(today: CheckReport, settings = this.#settings): readonly IssueAction[] {
    const { actions } = planIssues({ listed: this.issues, report: today, settings })
    this.issues = carriedOut(this.issues, actions)
    return actions
  }

  /** What a run does, in words. */
  run(today: CheckReport, settings = this.#settings): string[] {
    return this.actions(today, settings).map((action) => {
      const reason = 'reason' in action ? ` ${action.reason}` : ''
      return `${action.do}${'issue' in action ? ` ${action.issue}` : ''}${reason}`
    })
  }

  person(number: number, change: (issue: ListedIssue) => Partial<ListedIssue>): void {
    this.issues = this.issues.map((issue) => (issue.number === number ? { ...issue, ...change(issue) } : issue))
  }
}

const due = judged('DB')
const late = judged('DB', { level: 'late' })
const overdue = judged('DB', { level: 'overdue' })
const done = judged('DB', {
  level: 'ok',
  since: new Date('2026-12-10T00:00:00Z'),
  due: new Date('2027-03-10T00:00:00Z'),
})
const other = judged('API', { level: 'ok' })
const close = () => ({ state: 'closed', stateReason: 'not_planned' }) as const
const reopen = () => ({ state: 'open', stateReason: 'reopened' }) as const
const tick = ({ body }: ListedIssue) => ({ body: body.replace('- [ ]', '- [x]') })

describe.each([
  ['a dashboard', DASHBOARD_SETTINGS],
  ['an issue of its own', EACH_SETTINGS],
])('%s', (_, settings) => {
  const opened = (...first: Judged[]) => {
    const days = new Days(settings)
    expect(days.run(report('2026-11-20', ...first))).toEqual(['create'])
    return days
  }

  it('is not opened while everything is in order', () => {
    expect(new Days(settings).run(report('2026-11-20', done, other))).toEqual([])
  })

  it('is not touched while only time passes', () => {
    const days = opened(due, other)
    const moved = {
      ...due,
      message: 'was last changed 81 days ago; every 90 is asked',
      place: { file: '.env.production', line: 9 },
    }
    expect(days.run(report('2026-11-21', moved, other))).toEqual([])
  })

  it('is not touched while the bound of an age moves, as it does with every shallow clone', () => {
    const bound = (one: Judged, text: string) => ({
      ...one,
      sinceIsExact: false,
      since: new Date(text),
      due: new Date(text),
    })
    const days = opened(bound(due, '2026-11-01'), bound(other, '2026-12-01'))
    expect(days.run(report('2026-11-21', bound(due, '2026-11-02'), bound(other, '2026-12-02')))).toEqual([])
    expect(days.run(report('2026-11-22', due, other))).toEqual(['update 1'])
  })

  it('speaks once of what is in the report twice, as the worse of the two', () => {
    const days = opened(due, overdue, late)
    expect(days.issues[0]?.body.match(/sealward:item/g)).toHaveLength(1)
    expect(days.issues[0]?.body).toContain('level=overdue')
    expect(days.run(report('2026-11-21', overdue))).toEqual([])
  })

  it('wakes on its date though the thing could not be looked at, without news of it', () => {
    const days = opened(due)
    days.person(1, tick)
    days.run(report('2026-11-21', due))
    const blind = (day: string) => ({ ...report(day), notes: [{ message: 'the key is missing' }] })
    days.run(blind('2026-12-20'))
    expect(days.issues[0]?.state).toBe('closed')
    expect(days.run(blind('2026-12-21'))).toEqual(['reopen 1'])
    expect(days.run(blind('2026-12-22'))).toEqual([])
  })

  it('gets one comment for a new level, before the body says it', () => {
    const days = opened(due)
    expect(days.run(report('2026-11-21', late))).toEqual(['comment 1', 'update 1'])
    expect(days.run(report('2026-11-22', late))).toEqual([])
    expect(days.run(report('2026-11-23', due))).toEqual(['comment 1', 'update 1'])
  })

  it('closes as completed when all is done, and opens again when it returns', () => {
    const days = opened(due)
    expect(days.run(report('2026-12-10', done))).toEqual(['close 1 completed'])
    expect(days.run(report('2026-12-11', done))).toEqual([])
    expect(days.run(report('2027-03-01', { ...due, since: done.since, due: done.due }))).toEqual([
      'comment 1',
      'reopen 1',
    ])
    expect(days.run(report('2027-03-02', { ...due, since: done.since, due: done.due }))).toEqual([])
  })

  it('closes when the thing is gone, but not while something could not be looked at', () => {
    const days = opened(due)
    const blind = { ...report('2026-11-21'), notes: [{ message: 'the key is missing' }] }
    const runs = days.run(blind)
    expect(runs.filter((did) => did.startsWith('close'))).toEqual([])
    expect(days.issues[0]?.state).toBe('open')
    expect(days.run({ ...blind, at: new Date('2026-11-22T06:00:00Z') })).toEqual([])
    expect(days.run(report('2026-11-23', due)).filter((did) => did.startsWith('comment'))).toEqual([])
    expect(days.run(report('2026-11-24'))).toEqual(['close 1 completed'])
  })

  it('stays closed when a person closed it, until it gets worse', () => {
    const days = opened(due)
    days.person(1, close)
    expect(days.run(report('2026-11-21', due))).toEqual([])
    expect(days.run(report('2026-12-01', late))).toEqual(['comment 1', 'reopen 1'])
    days.person(1, close)
    expect(days.run(report('2026-12-02', late))).toEqual([])
    expect(days.run(report('2026-12-03', due))).toEqual(['update 1'])
    expect(days.issues[0]?.state).toBe('closed')
  })

  it('remembers that it was mended while a person had it closed, so that it can return', () => {
    const days = opened(overdue)
    days.person(1, close)
    expect(days.run(report('2026-12-10', done))).toEqual(['update 1'])
    expect(days.run(report('2026-12-11', done))).toEqual([])
    expect(days.run(report('2027-03-01', due))).toEqual(['comment 1', 'reopen 1'])
  })

  it('stays open when a person opened it again, though all is in order', () => {
    const days = opened(due)
    days.run(report('2026-12-10', done))
    days.person(1, reopen)
    expect(days.run(report('2026-12-11', done))).toEqual([])
    expect(days.run(report('2027-03-01', due))).toEqual(['comment 1', 'update 1'])
    expect(days.run(report('2027-03-02', done))).toEqual(['close 1 completed'])
  })

  it.each([
    ['a ticked box', tick],
    ['a label', ({ labels }: ListedIssue) => ({ labels: [...labels, 'sealward:snooze-30d'] })],
  ])('is snoozed by %s for 30 days', (_how, snooze) => {
    const days = opened(due)
    days.person(1, snooze)
    expect(days.run(report('2026-11-21', due))).toEqual(['close 1 not_planned'])
    expect(days.issues[0]?.labels).toEqual(['sealward'])
    expect(days.issues[0]?.body).toContain('snoozed until 2026-12-21')
    expect(days.run(report('2026-12-20', due))).toEqual([])
    const woke = days.actions(report('2026-12-21', due))
    expect(woke.map((action) => action.do)).toEqual(['comment', 'reopen'])
    expect(woke[0]).toMatchObject({ body: expect.stringContaining('its snooze is over') })
    expect(days.run(report('2026-12-22', due))).toEqual([])
  })

  it('wakes before its date when it gets worse', () => {
    const days = opened(due)
    days.person(1, tick)
    days.run(report('2026-11-21', due))
    expect(days.run(report('2026-12-01', late))).toEqual(['comment 1', 'reopen 1'])
    expect(days.issues[0]?.body).not.toContain('snoozed until')
  })

  it('wakes on the date that a person wrote, or when they take the tick away', () => {
    const days = opened(due)
    days.person(1, tick)
    days.run(report('2026-11-21', due))
    days.person(1, ({ body }) => ({ body: body.replace('until 2026-12-21)', 'until 2026-11-25)') }))
    expect(days.run(report('2026-11-22', due))).toEqual([])
    expect(days.run(report('2026-11-25', due))).toEqual(['comment 1', 'reopen 1'])
    days.person(1, tick)
    days.run(report('2026-11-26', due))
    days.person(1, ({ body }) => ({ body: body.replace('- [x]', '- [ ]') }))
    expect(days.run(report('2026-11-27', due))).toEqual(['reopen 1'])
  })

  it('is not snoozed for longer than a year, nor until a day that is none', () => {
    const days = opened(due)
    days.person(1, tick)
    days.run(report('2026-11-21', due))
    days.person(1, ({ body }) => ({ body: body.replace('until 2026-12-21)', 'until 2099-01-01)') }))
    days.run(report('2026-11-22', due))
    expect(days.issues[0]?.body).toContain('snoozed until 2027-11-22')
    days.person(1, ({ body }) => ({ body: body.replace('until 2027-11-22)', 'until 2027-99-99)') }))
    days.run(report('2026-11-23', due))
    expect(days.issues[0]?.body).toContain('snoozed until 2026-12-23')
  })

  it('keeps the title that a person gave it, unless what it says must not be said any more', () => {
    const days = opened(due)
    const update = days.actions(report('2026-12-01', late)).find((action) => action.do === 'update')
    expect(update).not.toHaveProperty('title')
    const hidden = { ...settings, names: 'hashed' as const }
    const rewritten = days.actions(report('2026-12-02', late), hidden)
    expect(JSON.stringify(rewritten)).not.toContain('DB')
    expect(rewritten.map((action) => action.do)).toEqual(['update'])
    if (settings.mode === 'per-finding') expect(rewritten[0]).toHaveProperty('title')
  })

  it('adds owners when they change, and only then', () => {
    const days = opened(due)
    const update = days.actions(report('2026-12-01', late)).find((action) => action.do === 'update')
    expect(update).not.toHaveProperty('owners')
    expect(
      days.actions(report('2026-12-02', { ...late, owners: ['hubot', 'octo-org/ops', 'the ops people'] })),
    ).toMatchObject([{ do: 'update', owners: ['hubot'] }])
  })

  it('is merged with what another run opened at the same time', () => {
    const days = opened(due)
    days.issues.push({ ...days.issues[0]!, number: 2 })
    expect(days.run(report('2026-11-20', due))).toEqual(['comment 2', 'close 2 duplicate'])
    expect(days.run(report('2026-11-21', due))).toEqual([])
  })

  it('is closed when findings are told in the other way, and told anew when that ends', () => {
    const days = opened(due)
    const elsewhere = settings.mode === 'dashboard' ? EACH_SETTINGS : DASHBOARD_SETTINGS
    expect(days.run(report('2026-11-21', due), elsewhere)).toEqual(['create', 'close 1 not_planned'])
    expect(days.run(report('2026-11-22', due), elsewhere)).toEqual([])
    expect(days.run(report('2026-11-23', due))).toEqual(['comment 1', 'reopen 1', 'close 2 not_planned'])
  })
})

describe('a plan', () => {
  it('is empty when issues are off', () => {
    expect(
      planIssues({ listed: [], report: report('2026-11-20', due), settings: { ...EACH_SETTINGS, mode: 'off' } }),
    ).toEqual({
      actions: [],
      postponed: 0,
      shown: null,
    })
  })

  it('opens no more than 20 issues at once, the most urgent first, and says how many wait', () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      judged(`S${index}`, { level: index === 40 ? 'overdue' : 'due' }),
    )
    const days = new Days(EACH_SETTINGS)
    const { actions, postponed } = planIssues({
      listed: [],
      report: report('2026-11-20', ...many),
      settings: EACH_SETTINGS,
    })
    expect(actions).toHaveLength(20)
    expect(actions[0]).toMatchObject({ title: 'S40 in production needs attention (rotate-every)' })
    expect(postponed).toBe(30)
    for (const expected of [20, 20, 10, 0]) expect(days.run(report('2026-11-20', ...many))).toHaveLength(expected)
  })

  it('tells of all that changed on a dashboard in one comment', () => {
    const days = new Days(DASHBOARD_SETTINGS)
    days.run(report('2026-11-20', due, other))
    const [comment, update] = days.actions(report('2026-12-01', late, { ...other, level: 'due' }))
    expect(comment).toMatchObject({ do: 'comment', body: expect.stringMatching(/DB.*late.*\n.*API.*due/) })
    expect(update).toMatchObject({ do: 'update' })
  })

  it('tells anew of everything where somebody took all lines of a full dashboard out, the first thirty by name', () => {
    const many = Array.from({ length: 2000 }, (_, at) => judged(`${'N'.repeat(60)}_${at}`, { owners: [] }))
    const days = new Days(DASHBOARD_SETTINGS)
    days.run(report('2026-11-20', ...many))
    days.person(1, ({ body }) => ({ body: body.replace(/^- \[.*$/gm, '') }))
    const [comment] = days.actions(report('2026-11-21', ...many)) as readonly CommentAction[]
    expect(comment!.body.match(/^- /gm)).toHaveLength(31)
    expect(comment!.body).toMatch(/\n- and 1970 more\n$/)
  })

  it('is empty while only the line of a note moves', () => {
    const days = new Days(DASHBOARD_SETTINGS)
    const today = (day: string, line: number) => ({
      ...report(day, { ...due, owners: [] }),
      notes: [{ message: 'not read', place: { file: '.env', line } }],
    })
    days.run(today('2026-11-20', 3))
    expect(days.issues[0]?.body).toContain('env</code>: not read')
    expect(days.issues[0]?.body).toMatch(/by 2026-11-30 <!-- sealward:item/)
    expect(days.run(today('2026-11-21', 5))).toEqual([])
  })

  it('leaves the rest of a dashboard as it is when one line is snoozed', () => {
    const days = new Days(DASHBOARD_SETTINGS)
    days.run(report('2026-11-20', due, { ...other, level: 'due' }))
    days.person(1, tick)
    expect(days.run(report('2026-11-21', due, { ...other, level: 'due' }))).toEqual(['update 1'])
    expect(days.issues[0]?.body).toMatch(/### Due\n\n- \[ \].*\n\n### Snoozed\n\n- \[x\]/)
  })

  it('takes over nothing of what somebody labelled by mistake', () => {
    const stranger = {
      number: 3,
      body: 'help',
      state: 'open',
      stateReason: null,
      labels: ['sealward'],
      author: 'mona',
    } as const
    const { actions } = planIssues({
      listed: [stranger],
      report: report('2026-11-20', due),
      settings: DASHBOARD_SETTINGS,
    })
    expect(actions.map((action) => action.do)).toEqual(['create'])
  })

  it('has nothing to do with issues of others that quote ours', () => {
    const days = new Days(DASHBOARD_SETTINGS)
    days.run(report('2026-11-20', due))
    days.issues.push({ ...days.issues[0]!, number: 2, author: 'mallory' })
    expect(days.run(report('2026-12-01', late))).toEqual(['comment 1', 'update 1'])
    expect(days.issues[0]?.author).toBe(BOT)
  })
})
