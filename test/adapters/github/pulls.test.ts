import { describe, expect, it, onTestFinished } from 'vitest'
import { openPullRequest } from '../../../src/adapters/github/pulls.ts'
import { BOT, NAME, openScene, TOKEN } from '../../fakes/github/scene.ts'

const HEAD = 'sealward/rotation/orders-db'
const DRAFT = { title: 'Rotate orders-db', body: 'It waits.' }
const CREATE = 'POST /repos/{owner}/{repo}/pulls'
const MAY = ['pull-requests: write', 'issues: read'] as const

async function openRequests({
  prefix = '' as '' | '/api/v3',
  permissions = MAY as readonly (typeof MAY)[number][],
} = {}) {
  const { github, repository, client } = await openScene({ prefix })
  onTestFinished(() => github.close())
  github.tokens.set(TOKEN, { login: BOT, permissions })
  const asked = () => github.received.map(({ route, status }) => `${route} ${status}`)
  return { github, repository, asked, requests: openPullRequest(client(), NAME, { head: HEAD, base: 'main' }) }
}

describe.each(['', '/api/v3'] as const)("a rotation's pull request (api at %o)", (prefix) => {
  it('is opened once, and its words are brought up to date', async () => {
    const { requests, repository, asked } = await openRequests({ prefix })
    const address = await requests.ensure(DRAFT)
    expect(address).toMatch(new RegExp(`^https://github.com/${NAME}/pull/\\d+$`))
    expect(repository.pulls.list).toMatchObject([{ ...DRAFT, head: HEAD, base: 'main', state: 'open' }])
    expect(await requests.ensure(DRAFT)).toBe(address)
    expect(await requests.ensure({ ...DRAFT, body: 'The grace is over.' })).toBe(address)
    expect(repository.pulls.list).toMatchObject([{ body: 'The grace is over.' }])
    expect(asked().filter((route) => route.startsWith('P'))).toEqual([
      `${CREATE} 201`,
      'PATCH /repos/{owner}/{repo}/pulls/{pull_number} 200',
    ])
  })
})

describe("a rotation's pull request", () => {
  it('gets the label that the repository has for it, and no new one', async () => {
    const { requests, repository } = await openRequests()
    await requests.ensure(DRAFT)
    expect([repository.pulls.list[0]!.labels, repository.labels.size]).toEqual([[], 0])
    repository.pulls.edit(repository.pulls.list[0]!, { state: 'closed' })
    repository.labels.set('sealward', { id: 1, color: 'ededed', description: null })
    await requests.ensure(DRAFT)
    expect(repository.pulls.list.map(({ labels }) => labels)).toEqual([[], ['sealward']])
  })

  it('is another one than those of other branches, and than one that was closed', async () => {
    const { requests, repository } = await openRequests()
    repository.pulls.open('mona', { ...DRAFT, head: 'feature', base: 'main' })
    repository.pulls.open('mona', { ...DRAFT, head: HEAD, base: 'release' })
    const closed = repository.pulls.open('mona', { ...DRAFT, head: HEAD, base: 'main' })
    repository.pulls.edit(closed, { state: 'closed' })
    await requests.ensure(DRAFT)
    expect(repository.pulls.list.map(({ state, author }) => `${state} ${author}`)).toEqual([
      'open mona',
      'open mona',
      'closed mona',
      `open ${BOT}`,
    ])
  })

  it('is none where there is nothing to merge, which is no failure', async () => {
    const { requests, repository } = await openRequests()
    repository.pulls.even.add(HEAD)
    expect(await requests.ensure(DRAFT)).toBe(null)
  })

  it('needs a permission, which is told', async () => {
    const { requests } = await openRequests({ permissions: ['issues: read'] })
    await expect(requests.ensure(DRAFT)).rejects.toMatchObject({
      code: 'permission',
      hint: expect.stringContaining('pull-requests: write'),
    })
  })

  it('of a token that may not label is opened all the same', async () => {
    const { requests, github, repository } = await openRequests()
    repository.labels.set('sealward', { id: 1, color: 'ededed', description: null })
    repository.private = true
    github.tokens.set(TOKEN, { login: BOT, permissions: ['pull-requests: write'] })
    expect(await requests.ensure(DRAFT)).toMatch(/pull/)
  })
})
