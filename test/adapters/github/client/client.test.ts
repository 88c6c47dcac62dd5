import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openIssues } from '../../../../src/adapters/github/issues.ts'
import { openRepositories } from '../../../../src/adapters/github/repositories.ts'
import { type GitHubScene, NAME, openScene } from '../../../fakes/github/scene.ts'

const LIST = 'GET /repos/{owner}/{repo}/issues'

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.github.close())

describe('a client of GitHub', () => {
  it('asks an enterprise server below its prefix, pages and all', async () => {
    const enterprise = await openScene({ prefix: '/api/v3' })
    for (let count = 0; count < 101; count += 1)
      enterprise.repository.open('mona', { title: 'due', labels: ['sealward'] })
    const issues = openIssues(enterprise.client({ apiUrl: `${enterprise.github.url}/` }), NAME)
    expect(await issues.list('sealward')).toHaveLength(101)
    await issues.create({ title: 'due', body: '', labels: [], assignees: [] })
    expect(enterprise.github.received.every(({ url }) => url.startsWith('/api/v3/'))).toBe(true)
    expect(enterprise.github.received).toHaveLength(3)
    await enterprise.github.close()
  })

  it.each(['http://api.github.com', 'ftp://127.0.0.1', 'api.github.com'])('sends no token to %s', (apiUrl) => {
    expect(() => scene.client({ apiUrl })).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it.each(['', ' ', 'token-of-the-tests\n', 'two tokens', 'tok\u00e9n'])('takes %j for no token', (token) => {
    expect(() => scene.client({ token })).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it('reads no answer past its bound, and does not ask for it again', async () => {
    scene.github.break({ route: LIST, fault: { kind: 'oversized', bytes: 200_000 } })
    const issues = openIssues(scene.client({ bounds: { maxBytes: 100_000 } }), NAME)
    await expect(issues.list('sealward')).rejects.toMatchObject({ code: 'limit' })
    expect(scene.github.received).toHaveLength(1)
  })

  it('reads no more pages than its bound, and says that there are more', async () => {
    for (let count = 0; count < 201; count += 1) scene.repository.open('mona', { labels: ['sealward'] })
    const bounded = (maxPages: number) => openIssues(scene.client({ bounds: { maxPages } }), NAME).list('sealward')
    await expect(bounded(2)).rejects.toMatchObject({ code: 'limit', message: expect.stringContaining('200') })
    expect(await bounded(3)).toHaveLength(201)
  })

  it('finds a repository that was renamed', async () => {
    scene.repository.open('mona', { labels: ['sealward'] })
    const to = `${scene.github.url}/repositories/${scene.repository.id}/issues?state=all`
    scene.github.break({ route: LIST, fault: { kind: 'redirect', to }, times: 1 })
    expect(await openIssues(scene.client(), NAME).list('sealward')).toHaveLength(1)
  })

  it('does not follow a write elsewhere', async () => {
    const to = `${scene.github.url}/repositories/${scene.repository.id}/issues`
    scene.github.break({ fault: { kind: 'redirect', to, status: 307 } })
    const draft = { title: 'due', body: '', labels: [], assignees: [] }
    await expect(openIssues(scene.client(), NAME).create(draft)).rejects.toMatchObject({ code: 'unavailable' })
    expect(scene.repository.issues).toEqual([])
  })

  it('ends an endless redirect', async () => {
    scene.github.break({ fault: { kind: 'endless-redirect' } })
    await expect(openIssues(scene.client(), NAME).list('sealward')).rejects.toMatchObject({ code: 'unavailable' })
    expect(scene.github.received).toHaveLength(4)
  })

  it.each([301, 302, 307, 308])('takes the token to no other host by a redirect (%i)', async (status) => {
    const other = await openOther()
    scene.github.break({ fault: { kind: 'redirect', to: other.url, status } })
    await expect(openIssues(scene.client(), NAME).list('sealward')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'GitHub pointed to a host that is not its own',
    })
    expect(other.seen).toEqual([])
    other.server.close()
  })

  it('takes the token to no other host by a link to the next page', async () => {
    const other = await openOther()
    const first = await openOther({ link: `<${other.url}/next>; rel="next"` })
    const listed = openIssues(scene.client({ apiUrl: first.url }), NAME).list('sealward')
    await expect(listed).rejects.toMatchObject({ code: 'unavailable' })
    expect(first.seen).toHaveLength(1)
    expect(other.seen).toEqual([])
    for (const { server } of [first, other]) server.close()
  })

  it('lists the repositories of an organisation by name', async () => {
    for (let count = 0; count < 120; count += 1) scene.github.repository(`acme/service-${count}`)
    scene.github.repository('other/app')
    scene.repository.archived = true
    const repositories = await openRepositories(scene.client()).list('acme')
    expect(repositories).toHaveLength(121)
    expect(repositories[0]).toEqual({
      name: NAME,
      private: false,
      archived: true,
      disabled: false,
      fork: false,
      size: 0,
      hasIssues: true,
      defaultBranch: 'main',
    })
    expect(scene.github.received).toHaveLength(2)
  })
})

/** Another host, which remembers what came, and answers with an empty list. */
async function openOther(headers: Readonly<Record<string, string>> = {}) {
  const seen: string[] = []
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close', ...headers }).end('[]')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { seen, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
