import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client, ClientOptions } from '../../../../src/adapters/github/client/client.ts'
import { openIssues } from '../../../../src/adapters/github/issues.ts'
import { openRuns } from '../../../../src/adapters/github/runs.ts'
import { SealwardError } from '../../../../src/core/errors.ts'
import type { Fault } from '../../../fakes/github/faults.ts'
import { BOT, type GitHubScene, NAME, openScene, TOKEN } from '../../../fakes/github/scene.ts'

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.github.close())

const DRAFT = { title: 'due', body: 'a body with words of its own', labels: [], assignees: [] }
const CREATE = 'POST /repos/{owner}/{repo}/issues'
const LIST = 'GET /repos/{owner}/{repo}/issues'

const list = (client: Client) => openIssues(client, NAME).list('sealward')
const create = (client: Client) => openIssues(client, NAME).create(DRAFT)

describe('a refusal', () => {
  it.each([
    ['issues: write', [], list],
    ['issues: write', ['issues: read'], create],
    ['actions: read', ['issues: write'], (client: Client) => openRuns(client, NAME).jobs(1)],
  ] as const)('of permission names the key that is missing: %s', async (needs, permissions, act) => {
    scene.repository.private = true
    scene.github.tokens.set(TOKEN, { login: BOT, permissions })
    const error = await refusal(act)
    expect(error).toMatchObject({ code: 'permission', message: `the token may not do this: it lacks "${needs}"` })
    expect(error.hint).toContain(needs)
    expect(scene.github.received).toHaveLength(1)
  })

  it('of the token says so', async () => {
    scene.github.tokens.delete(TOKEN)
    expect(await refusal(list)).toMatchObject({ code: 'token-refused' })
    expect(scene.github.received).toHaveLength(1)
  })

  it('of an archived repository says so', async () => {
    scene.repository.archived = true
    expect(await refusal(create)).toMatchObject({ code: 'read-only', message: expect.stringContaining('archived') })
  })

  it('of a repository without issues says so', async () => {
    scene.repository.hasIssues = false
    expect(await refusal(list)).toMatchObject({ code: 'read-only', message: expect.stringContaining('switched off') })
  })

  it('of a repository that is not seen says so', async () => {
    scene.github.repositories.clear()
    expect(await refusal(list)).toMatchObject({ code: 'not-found' })
  })

  it('of what is invalid names the field, and nothing of what stood in it', async () => {
    const error = await refusal((client) => openIssues(client, NAME).create({ ...DRAFT, body: 'x'.repeat(65_537) }))
    expect(error).toMatchObject({ code: 'io', message: 'GitHub finds the request invalid (422): body' })
  })

  it.each([
    ['secondary', { kind: 'secondary-limit', retryAfter: 900 }, /^GitHub takes no more requests for now$/],
    ['secondary, as 429', { kind: 'secondary-limit', retryAfter: 900, status: 429 }, /no more requests/],
    ['primary', { kind: 'primary-limit', resetsIn: 3600 }, /until \d{4}-\d\d-\d\dT/],
  ] as const)(
    'for too many requests (%s) is not waited for longer than a run may take',
    async (_name, fault, words) => {
      scene.github.break({ fault })
      expect(await refusal(list)).toMatchObject({ code: 'rate-limited', message: expect.stringMatching(words) })
      expect(scene.github.received).toHaveLength(1)
    },
  )

  it.each([
    ['a broken server', { kind: 'status', status: 502 }, 'answered 502'],
    ['a dropped line', { kind: 'hang-up' }, 'UND_ERR_SOCKET'],
    ['a slow server', { kind: 'slow', ms: 400 }, 'timeout'],
  ] as const)('by %s is asked again, and then told', async (_name, fault, words) => {
    scene.github.break({ route: LIST, fault })
    const error = await refusal(list, { bounds: { timeoutMs: 100 } })
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining(words) })
    await expect.poll(() => scene.github.received.length).toBe(3)
  })

  it('by nobody at all names the host', async () => {
    const gone = await openScene()
    const apiUrl = gone.github.url
    await gone.github.close()
    const error = await refusal(list, { apiUrl })
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ .* \(ECONNREFUSED\)$/),
    })
  })

  it('by some other program is told apart', async () => {
    scene.github.break({ fault: { kind: 'foreign' } })
    expect(await refusal(list)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('not GitHub') })
  })

  it.each<Fault>([
    { kind: 'status', status: 403 },
    { kind: 'status', status: 401 },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 418 },
    { kind: 'secondary-limit', retryAfter: 900 },
    { kind: 'hang-up' },
  ])('never holds the token, nor what was sent: $kind $status', async (fault) => {
    scene.github.break({ fault })
    const error = await refusal(create)
    const all = `${error.message} ${error.hint} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`
    expect(all).not.toContain(TOKEN)
    expect(all).not.toContain(DRAFT.body)
    expect(all).not.toContain('Something is wrong here')
  })
})

describe('what passes', () => {
  it.each([
    ['a broken server', { kind: 'status', status: 503 }],
    ['a dropped line', { kind: 'hang-up' }],
    ['a secondary limit', { kind: 'secondary-limit', retryAfter: 1 }],
    ['a secondary limit, as 429', { kind: 'secondary-limit', retryAfter: 1, status: 429 }],
    ['the primary limit', { kind: 'primary-limit', resetsIn: 5 }],
  ] as const)('%s is waited for, and the list is there', async (_name, fault) => {
    scene.github.break({ fault, times: 2 })
    expect(await list(scene.client())).toEqual([])
    expect(scene.github.received).toHaveLength(3)
  })

  it('an issue that a broken server may have made is not made again', async () => {
    scene.github.break({ route: CREATE, fault: { kind: 'status', status: 502 } })
    expect(await refusal(create)).toMatchObject({ code: 'unavailable' })
    expect(scene.github.received).toHaveLength(1)
  })

  it('an issue that a limit refused is made, once', async () => {
    scene.github.break({ route: CREATE, fault: { kind: 'secondary-limit', retryAfter: 1 }, times: 1 })
    await create(scene.client())
    expect(scene.repository.issues).toHaveLength(1)
  })

  it('writes keep the distance that GitHub asks for', async () => {
    const client = scene.client({ pace: { gaps: true } })
    const issues = openIssues(client, NAME)
    await issues.create(DRAFT)
    const start = performance.now()
    await issues.update(1, { title: 'other' })
    expect(performance.now() - start).toBeGreaterThan(900)
  })
})

async function refusal(
  act: (client: Client) => Promise<unknown>,
  options?: Partial<ClientOptions>,
): Promise<SealwardError> {
  const error = await act(scene.client(options)).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SealwardError)
  return error as SealwardError
}
