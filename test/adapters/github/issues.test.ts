import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openIssueComments, openIssues } from '../../../src/adapters/github/issues.ts'
import { openIssueVocabulary } from '../../../src/adapters/github/vocabulary.ts'
import { BOT, type GitHubScene, NAME, openScene } from '../../fakes/github/scene.ts'

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.github.close())

const DRAFT = { title: 'due', body: 'soon', labels: ['sealward'], assignees: [] }

describe('the issues of a repository', () => {
  it('are listed by label over all pages, open and closed, oldest first, without pull requests', async () => {
    const { repository, github } = scene
    for (let count = 1; count <= 250; count += 1)
      repository.open(BOT, { title: `issue ${count}`, labels: ['sealward'], isPullRequest: count % 50 === 0 })
    repository.open('mona', { title: 'not ours' })
    repository.edit('mona', repository.issues[0]!, { state: 'closed', stateReason: 'not_planned' })
    const issues = await openIssues(scene.client(), NAME).list('sealward')
    expect(issues).toHaveLength(245)
    expect(issues[0]).toMatchObject({ number: 1, title: 'issue 1', state: 'closed', stateReason: 'not_planned' })
    expect(issues.map(({ number }) => number)).toEqual(issues.map(({ number }) => number).toSorted((a, b) => a - b))
    expect(github.received.map(({ url }) => url.split('?')[0])).toEqual([
      `/repos/${NAME}/issues`,
      `/repositories/${repository.id}/issues`,
      `/repositories/${repository.id}/issues`,
    ])
  })

  it('are made as asked, with a word about who asks', async () => {
    scene.repository.assignable.add('mona')
    const issue = await openIssues(scene.client(), NAME).create({ ...DRAFT, assignees: ['mona', 'nobody'] })
    expect(issue).toMatchObject({ number: 1, state: 'open', labels: ['sealward'], assignees: ['mona'], author: BOT })
    expect(issue.closedAt).toBeNull()
    expect(scene.github.received[0]?.headers['user-agent']).toMatch(/^sealward\/1\.2\.3 /)
  })

  it('say when labels and assignees were dropped in silence', async () => {
    scene.repository.dropsSilently = true
    expect(await openIssues(scene.client(), NAME).create(DRAFT)).toMatchObject({ labels: [], assignees: [] })
  })

  it('are changed, closed and reopened with a reason', async () => {
    const issues = openIssues(scene.client(), NAME)
    await issues.create(DRAFT)
    const closed = await issues.update(1, { title: 'done', state: 'closed', stateReason: 'completed' })
    expect(closed).toMatchObject({ title: 'done', body: 'soon', state: 'closed', stateReason: 'completed' })
    expect(closed.closedAt).toBeInstanceOf(Date)
    expect(await issues.update(1, { state: 'open', stateReason: 'reopened' })).toMatchObject({ state: 'open' })
    expect(scene.repository.history.map(({ did }) => did)).toEqual(['opened', 'edited', 'closed', 'reopened'])
  })

  it('have comments, over all pages', async () => {
    const issue = scene.repository.open('mona', { title: 'due' })
    for (let count = 0; count < 120; count += 1) scene.repository.comment('mona', issue, `comment ${count}`)
    const comments = openIssueComments(scene.client(), NAME)
    await comments.add(1, 'last')
    const all = await comments.list(1)
    expect(all).toHaveLength(121)
    expect(all.at(-1)).toMatchObject({ author: BOT, body: 'last' })
  })

  it('have comments that can be asked for since a day', async () => {
    let now = new Date('2026-11-01T00:00:00Z')
    const later = await openScene({ now: () => now })
    const issue = later.repository.open('mona', { title: 'due' })
    later.repository.comment('mona', issue, 'old')
    now = new Date('2026-11-20T00:00:00Z')
    later.repository.comment('mona', issue, 'new')
    const comments = openIssueComments(later.client(), NAME)
    expect(await comments.list(1, new Date('2026-11-10T00:00:00.123Z'))).toMatchObject([{ body: 'new' }])
    await later.github.close()
  })

  it('are listed from what GitHub said before, when it says that nothing changed', async () => {
    const client = scene.client()
    const issues = openIssues(client, NAME)
    await issues.create(DRAFT)
    const before = await issues.list('sealward')
    expect(await issues.list('sealward')).toEqual(before)
    expect(scene.github.received.map(({ status }) => status)).toEqual([201, 200, 304])
    await issues.update(1, { title: 'other' })
    expect((await issues.list('sealward'))[0]?.title).toBe('other')
  })

  it.each(['acme', 'acme/app/more', '../app', 'acme/..', 'acme/a b', ''])('are not asked for in %j', (name) => {
    expect(() => openIssues(scene.client(), name)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})

describe('what an issue may carry', () => {
  const LABEL = { name: 'sealward: due', color: 'd93f0b', description: 'made by sealward' }

  it('is a label, made once', async () => {
    const vocabulary = openIssueVocabulary(scene.client(), NAME)
    expect(await vocabulary.ensureLabel(LABEL)).toBe('made')
    expect(await vocabulary.ensureLabel(LABEL)).toBe('there')
    expect(scene.repository.labels.get(LABEL.name)).toMatchObject({ color: 'd93f0b' })
  })

  it('is a label that another run made in between', async () => {
    const { github } = scene
    const body = {
      message: 'Validation Failed',
      errors: [{ resource: 'Label', field: 'name', code: 'already_exists' }],
    }
    github.break({ route: 'POST /repos/{owner}/{repo}/labels', fault: { kind: 'status', status: 422, body } })
    expect(await openIssueVocabulary(scene.client(), NAME).ensureLabel(LABEL)).toBe('there')
  })

  it('is no label of a wrong colour', async () => {
    const vocabulary = openIssueVocabulary(scene.client(), NAME)
    await expect(vocabulary.ensureLabel({ ...LABEL, color: 'red' })).rejects.toMatchObject({ code: 'io' })
  })

  it('is somebody who can be assigned', async () => {
    scene.repository.assignable.add('mona')
    const vocabulary = openIssueVocabulary(scene.client(), NAME)
    expect(await vocabulary.assignable('mona')).toBe(true)
    expect(await vocabulary.assignable('nobody')).toBe(false)
  })
})
