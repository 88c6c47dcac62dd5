import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openIssueComments, openIssues } from '../../../../src/adapters/github/issues.ts'
import { openIssueVocabulary } from '../../../../src/adapters/github/vocabulary.ts'
import type { IssueReport } from '../../../../src/core/issues/report.ts'
import type { IssueSettings } from '../../../../src/core/issues/settings.ts'
import { type IssuesOutcome, type IssuesWorld, keepIssues } from '../../../../src/tasks/steps/github/issues.ts'
import { DASHBOARD_SETTINGS, EACH_SETTINGS, judged, report } from '../../../core/issues/made.ts'
import type { Fault } from '../../../fakes/github/faults.ts'
import { BOT, type GitHubScene, NAME, openScene, TOKEN } from '../../../fakes/github/scene.ts'

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene({ now: () => new Date('2026-11-20T06:17:00Z') })
})
afterEach(() => scene.github.close())

/** A run has a process of its own, and so a client that remembers nothing. */
function world(): IssuesWorld {
  const client = scene.client()
  return {
    issues: openIssues(client, NAME),
    comments: openIssueComments(client, NAME),
    vocabulary: openIssueVocabulary(client, NAME),
  }
}

function run(today: IssueReport, settings: IssueSettings = DASHBOARD_SETTINGS): Promise<IssuesOutcome> {
  return keepIssues(today, settings, world())
}

/** What was asked since the last question. */
function asked(): string[] {
  return scene.github.received.splice(0).map(({ route }) => route.replace('/repos/{owner}/{repo}', ''))
}

const due = judged('DB')
const late = judged('DB', { level: 'late' })
const NOTHING = { created: 0, updated: 0, commented: 0, closed: 0, reopened: 0 }

describe('the issues of a repository', () => {
  it('cost one request a day when nothing changed', async () => {
    await run(report('2026-11-20', due))
    asked()
    expect(await run(report('2026-11-21', due))).toMatchObject({ kind: 'done', written: NOTHING, shown: { number: 1 } })
    expect(asked()).toEqual(['GET /issues'])
  })

  it('have one for a lockdown beside them, at no further cost, until it is lifted', async () => {
    const lockdown = { line: 1, since: new Date('2026-11-20T05:00:00Z'), reason: 'x', environments: null, refs: null }
    const locked = (day: string) => ({ ...report(day, due), lockdown })
    expect(await run(locked('2026-11-20'))).toMatchObject({ written: { ...NOTHING, created: 2 } })
    asked()
    expect(await run(locked('2026-11-21'))).toMatchObject({ kind: 'done', written: NOTHING })
    expect(asked()).toEqual(['GET /issues'])
    expect(await run({ ...report('2026-11-22', due), lockdown: null })).toMatchObject({
      written: { ...NOTHING, closed: 1 },
    })
    expect(scene.repository.issues.map(({ title, state }) => [title, state])).toContainEqual([
      'Lockdown since 2026-11-20 05:00 UTC',
      'closed',
    ])
  })

  it('cost one request more for each further hundred of them', async () => {
    const all = Array.from({ length: 120 }, (_, index) => judged(`S${index}`))
    for (let left = 120; left > 0; left -= 20) await run(report('2026-11-20', ...all), EACH_SETTINGS)
    expect(scene.repository.issues).toHaveLength(120)
    asked()
    expect(await run(report('2026-11-21', ...all), EACH_SETTINGS)).toMatchObject({
      kind: 'done',
      written: NOTHING,
      postponed: 0,
    })
    expect(asked()).toEqual(['GET /issues', 'GET /issues'])
  })

  it('cost nothing when they are off', async () => {
    expect(await run(report('2026-11-20', due), { ...DASHBOARD_SETTINGS, mode: 'off' })).toMatchObject({
      kind: 'off',
      shown: null,
    })
    expect(asked()).toEqual([])
  })

  it('have labels that are made with the first of them, and owners as assignees where they can be', async () => {
    scene.repository.assignable.add('mona')
    const outcome = await run(report('2026-11-20', { ...due, owners: ['mona', 'nobody', 'octo-org/ops'] }))
    expect(outcome).toMatchObject({ kind: 'done', written: { created: 1 }, shown: { number: 1 }, problems: [] })
    expect(outcome.shown?.url).toMatch(/\/issues\/1$/)
    const [issue] = scene.repository.issues
    expect(issue).toMatchObject({ labels: ['sealward'], assignees: ['mona'] })
    expect(issue?.body).toMatch(/nobody.*octo/)
    expect([...scene.repository.labels.keys()]).toEqual(['sealward', 'sealward:snooze-30d'])
    expect(asked()).toEqual([
      'GET /issues',
      ...['GET /labels/{name}', 'POST /labels', 'GET /labels/{name}', 'POST /labels'],
      ...['GET /assignees/{assignee}', 'GET /assignees/{assignee}'],
      'POST /issues',
    ])
  })

  it('keep the assignees that people chose, and get the new owner beside them', async () => {
    const { repository } = scene
    for (const login of ['mona', 'hubot', 'lisa']) repository.assignable.add(login)
    await run(report('2026-11-20', due))
    repository.edit('lisa', repository.issues[0]!, { assignees: ['lisa'] })
    await run(report('2026-12-01', late))
    expect(repository.issues[0]?.assignees).toEqual(['lisa'])
    await run(report('2026-12-02', { ...late, owners: ['hubot'] }))
    expect(repository.issues[0]?.assignees).toEqual(['lisa', 'hubot'])
  })

  it('are found though the search knows nothing of them and a person changed the title', async () => {
    await run(report('2026-11-20', due))
    scene.repository.edit('mona', scene.repository.issues[0]!, { title: 'rotate that thing' })
    expect(await run(report('2026-12-01', late))).toMatchObject({ written: { commented: 1, updated: 1, created: 0 } })
    expect(scene.repository.issues).toHaveLength(1)
    expect(scene.repository.issues[0]?.title).toBe('rotate that thing')
  })
})

describe('a run that breaks', () => {
  const COMMENT = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  const CHANGE = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'

  it('between its comment and its change leaves no second comment behind', async () => {
    await run(report('2026-11-20', due))
    scene.github.break({ route: CHANGE, fault: { kind: 'status', status: 403 }, times: 1 })
    expect(await run(report('2026-11-20', late))).toMatchObject({
      kind: 'stopped',
      written: { commented: 1, updated: 0 },
    })
    expect(await run(report('2026-11-21', late))).toMatchObject({ kind: 'done', written: { commented: 0, updated: 1 } })
    expect(scene.repository.issues[0]?.comments).toHaveLength(1)
  })

  it('is not silenced by a stranger who knows what it would say', async () => {
    await run(report('2026-11-20', due))
    await run(report('2026-11-20', late))
    const [issue] = scene.repository.issues
    const said = issue!.comments.splice(0)[0]!.body
    const before = issue!.body
    scene.repository.edit(BOT, issue!, { body: before!.replace(/hash=\w{16}/, `hash=${'0'.repeat(16)}`) })
    scene.repository.comment('mallory', issue!, said)
    await run(report('2026-11-20', { ...late, level: 'overdue' }))
    expect(issue!.comments.map(({ author }) => author)).toEqual(['mallory', BOT])
  })

  it('before its comment changes nothing of the issue', async () => {
    await run(report('2026-11-20', due))
    scene.github.break({ route: COMMENT, fault: { kind: 'status', status: 422 }, times: 1 })
    expect(await run(report('2026-11-20', late))).toMatchObject({
      kind: 'done',
      written: NOTHING,
      problems: [{ code: 'io' }],
    })
    expect(await run(report('2026-11-21', late))).toMatchObject({ written: { commented: 1, updated: 1 } })
  })

  it('at one issue goes on with the others', async () => {
    const all = [late, judged('API', { level: 'late' })]
    await run(report('2026-11-20', judged('DB'), judged('API')), EACH_SETTINGS)
    scene.github.break({ route: CHANGE, fault: { kind: 'status', status: 404 }, times: 1 })
    expect(await run(report('2026-11-20', ...all), EACH_SETTINGS)).toMatchObject({
      kind: 'done',
      written: { commented: 2, updated: 1 },
      problems: [{ code: 'not-found' }],
    })
  })

  it('asks for a new issue once, since a server that broke may have made it', async () => {
    scene.github.break({ route: 'POST /repos/{owner}/{repo}/issues', fault: { kind: 'hang-up' }, times: 1 })
    expect(await run(report('2026-11-20', due))).toMatchObject({ kind: 'stopped', problems: [{ code: 'unavailable' }] })
    expect(
      scene.github.received.filter(({ route }) => route.startsWith('POST /repos/{owner}/{repo}/issues')),
    ).toHaveLength(1)
    await run(report('2026-11-21', due))
    expect(scene.repository.issues).toHaveLength(1)
  })

  it('withdraws an issue that it would not find again, and says which right is missing', async () => {
    scene.repository.dropsSilently = true
    const outcome = await run(report('2026-11-20', due))
    expect(outcome).toMatchObject({
      kind: 'stopped',
      written: { created: 1, closed: 1 },
      problems: [{ code: 'permission' }],
    })
    expect(outcome.problems[0]?.hint).toContain('issues: write')
    expect(scene.repository.issues[0]).toMatchObject({ state: 'closed', stateReason: 'not_planned' })
  })
})

describe('a refusal', () => {
  type Arrange = () => void
  const broken =
    (fault: Fault): Arrange =>
    () =>
      scene.github.break({ fault })
  const repository =
    (state: object): Arrange =>
    () =>
      void Object.assign(scene.repository, state)
  const token =
    (...permissions: 'issues: read'[]): Arrange =>
    () =>
      void scene.github.tokens.set(TOKEN, { login: BOT, permissions })
  const noTokens: Arrange = () => scene.github.tokens.clear()
  const noRepositories: Arrange = () => scene.github.repositories.clear()

  it.each([
    ['a token without the permission', token('issues: read'), 'permission', /issues: write/],
    ['a token that sees nothing', token(), 'permission', /issues: /],
    ['a token that is over', noTokens, 'token-refused', /expired/],
    ['an archived repository', repository({ archived: true }), 'read-only', /archived/],
    ['issues that are switched off', repository({ hasIssues: false }), 'read-only', /switched off/],
    ['a repository that is gone', noRepositories, 'not-found', /token/],
    ['a secondary limit', broken({ kind: 'secondary-limit', retryAfter: 300 }), 'rate-limited', /300 seconds/],
    ['the primary limit', broken({ kind: 'primary-limit', resetsIn: 3000 }), 'rate-limited', /until/],
    ['a server that is down', broken({ kind: 'status', status: 503 }), 'unavailable', /503/],
    ['a line that is cut', broken({ kind: 'hang-up' }), 'unavailable', /cannot be reached/],
    ['a gateway that answers in its own words', broken({ kind: 'foreign' }), 'unavailable', /./],
  ] as const)('by %s is an outcome that says so', async (_, arrange, code, words) => {
    scene.repository.private = true
    arrange()
    const outcome = await run(report('2026-11-20', due))
    expect(outcome).toMatchObject({ kind: 'stopped', written: NOTHING, shown: null })
    const problem = outcome.problems.at(-1)
    expect(problem?.code).toBe(code)
    expect(`${problem?.message} ${problem?.hint}`).toMatch(words)
  })

  it('that a run does not meet is none: an archived repository whose issues are up to date', async () => {
    await run(report('2026-11-20', due))
    scene.repository.archived = true
    expect(await run(report('2026-11-21', due))).toMatchObject({ kind: 'done', problems: [] })
  })
})
