import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecrets } from '../../../src/adapters/github/secrets.ts'
import { parseTarget } from '../../../src/core/push/target.ts'
import { sealBox } from '../../../src/core/sealed-box/seal.ts'
import { Secret } from '../../../src/core/secret.ts'
import { planPush, pushSecret } from '../../../src/tasks/steps/push/push-secret.ts'
import type { FakeToken } from '../../fakes/github/fake-github.ts'
import { BOT, type GitHubScene, openScene, TOKEN } from '../../fakes/github/scene.ts'
import type { FakeVault } from '../../fakes/github/secrets.ts'
import { refusal } from '../../support/sealing.ts'

let scene: GitHubScene
const ALL: FakeToken['permissions'] = ['secrets: write', 'environments: write', 'organization_secrets: write']
const open = async (options: Parameters<typeof openScene>[0] = {}) => {
  scene = await openScene(options)
  scene.github.tokens.set(TOKEN, { login: BOT, permissions: ALL })
}
beforeEach(() => open())
afterEach(() => scene.github.close())

const VALUE = 'a-value-of-the-tests'
const REPOSITORY = 'github:acme/app:DEPLOY_KEY'
const ENVIRONMENT = 'github:acme/app/environments/production/eu:DEPLOY_KEY'
const ORGANISATION = 'github:acme:DEPLOY_KEY'
const TARGETS = [REPOSITORY, ENVIRONMENT, ORGANISATION]
const PUT = 'PUT /repos/{owner}/{repo}/actions/secrets/{secret_name}'

const world = (options?: Parameters<GitHubScene['client']>[0]) => ({
  secrets: async (place: Parameters<typeof openSecrets>[1]) => openSecrets(scene.client(options), place),
})
const push = (target: string, value = VALUE, options?: Parameters<GitHubScene['client']>[0]) =>
  pushSecret({ target: parseTarget(target), value: new Secret(value) }, world(options))
const plan = (target: string) => planPush(parseTarget(target), world())

/** Where a target leads. */
function vaultOf(target: string): FakeVault {
  if (target === ORGANISATION) return scene.github.organisation('acme')
  return target === ENVIRONMENT ? scene.github.environment(scene.repository, 'production/eu') : scene.repository.vault
}

describe('a push', () => {
  it.each(['', '/api/v3'] as const)('makes a secret and replaces it, as GitHub describes it (%s)', async (prefix) => {
    await scene.github.close()
    await open({ prefix })
    for (const target of TARGETS) {
      const { secrets } = vaultOf(target)
      expect(await plan(target)).toMatchObject({ outcome: 'made' })
      expect(await push(target)).toBe('made')
      expect(secrets.get('DEPLOY_KEY')).toMatchObject({ value: VALUE })
      expect(await plan(target)).toMatchObject({ outcome: 'replaced' })
      expect(await push(target, 'another')).toBe('replaced')
      expect(secrets.get('DEPLOY_KEY')).toMatchObject({ value: 'another' })
      expect(await push(target, 'another')).toBe('replaced')
    }
  })

  it.each(TARGETS)('plans without a write: %s', async (target) => {
    vaultOf(target)
    await plan(target)
    expect(scene.github.received.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  it('gives a new secret of an organisation to private repositories alone', async () => {
    const vault = vaultOf(ORGANISATION)
    expect(await plan(ORGANISATION)).toEqual({ outcome: 'made', access: { visibility: 'private' } })
    await push(ORGANISATION)
    expect(vault.secrets.get('DEPLOY_KEY')).toMatchObject({ visibility: 'private' })
  })

  it('leaves it to whom it was given', async () => {
    const vault = vaultOf(ORGANISATION)
    const chosen = Array.from({ length: 130 }, (_, at) => scene.github.repository(`acme/r${at}`).id)
    vault.set('ALL', 'x', { visibility: 'all' })
    vault.set('SOME', 'x', { visibility: 'selected', selected: chosen })
    vault.set('NONE', 'x', { visibility: 'selected', selected: [] })
    for (const name of ['ALL', 'SOME', 'NONE']) await push(`github:acme:${name}`)
    expect(vault.secrets.get('ALL')).toMatchObject({ value: VALUE, visibility: 'all' })
    expect(vault.secrets.get('NONE')).toMatchObject({ value: VALUE, visibility: 'selected', selected: [] })
    expect(vault.secrets.get('SOME')).toMatchObject({ value: VALUE, visibility: 'selected' })
    expect(vault.secrets.get('SOME')?.selected.toSorted()).toEqual(chosen.toSorted())
  })

  it('sends nothing when the list of repositories is longer than a run reads', async () => {
    const vault = vaultOf(ORGANISATION)
    const chosen = Array.from({ length: 130 }, (_, at) => scene.github.repository(`acme/r${at}`).id)
    vault.set('SOME', 'x', { visibility: 'selected', selected: chosen })
    const error = await refusal(() => push('github:acme:SOME', VALUE, { bounds: { maxPages: 1 } }))
    expect(error).toMatchObject({ code: 'limit' })
    expect(vault.secrets.get('SOME')).toMatchObject({ value: 'x' })
  })

  it('takes 48 KiB, and asks for nothing past that', async () => {
    expect(await push(REPOSITORY, 'ü'.repeat(24 * 1024))).toBe('made')
    const asked = scene.github.received.length
    expect(await refusal(() => push(REPOSITORY, `${'ü'.repeat(24 * 1024)}x`))).toMatchObject({ code: 'limit' })
    expect(scene.github.received).toHaveLength(asked)
  })
})

describe('a push that is refused', () => {
  it.each([
    [REPOSITORY, 'secrets: write', '"Secrets: read and write"'],
    [ENVIRONMENT, 'environments: write', '"Environments: read and write"'],
    [ORGANISATION, 'organization_secrets: write', 'organization permission'],
  ])('for want of a permission names it: %s', async (target, needs, hint) => {
    vaultOf(target)
    for (const permissions of [['issues: write'], [needs.replace('write', 'read')]] as FakeToken['permissions'][]) {
      scene.github.tokens.set(TOKEN, { login: BOT, permissions })
      const error = await refusal(() => push(target))
      expect(error).toMatchObject({ code: 'permission', message: expect.stringContaining(needs) })
      expect(error.hint).toContain(hint)
      expect(error.hint).toContain("a job's own token")
    }
    expect(vaultOf(target).secrets.size).toBe(0)
  })

  it.each(['github:acme/gone:X', 'github:acme/app/environments/gone:X', 'github:gone:X'])(
    'for a place that is not there: %s',
    async (target) => {
      expect(await refusal(() => push(target))).toMatchObject({ code: 'not-found' })
    },
  )

  it('for a public key of low order, or none, sends nothing', async () => {
    for (const [key, code] of [
      [Buffer.alloc(32).toString('base64'), 'recipient-invalid'],
      ['c2hvcnQ=', 'unavailable'],
      [`${Buffer.alloc(32, 9).toString('base64')}\n`, 'unavailable'],
    ] as const) {
      scene.repository.vault.shownKey = key
      expect(await refusal(() => push(REPOSITORY))).toMatchObject({ code })
      expect(await refusal(() => plan(REPOSITORY))).toMatchObject({ code })
    }
    expect(scene.github.received.some(({ method }) => method === 'PUT')).toBe(false)
  })

  it('in silence is found out', async () => {
    const { vault } = scene.repository
    vault.forgetful = true
    expect(await refusal(() => push(REPOSITORY))).toMatchObject({ code: 'unavailable' })
    const now = Date.now()
    vault.secrets.set('DEPLOY_KEY', {
      ...{ value: 'old', visibility: 'private', selected: [] },
      ...{ createdAt: new Date(now - 120_000), updatedAt: new Date(now - 120_000) },
    })
    expect(await refusal(() => push(REPOSITORY))).toMatchObject({ code: 'unavailable' })
    vault.forgetful = false
    expect(await push(REPOSITORY)).toBe('replaced')
  })

  it('by a broken server is sent again, and nothing of it is told', async () => {
    scene.github.break({ route: PUT, fault: { kind: 'status', status: 502 }, times: 2 })
    expect(await push(REPOSITORY)).toBe('made')
    scene.github.break({ route: PUT, fault: { kind: 'status', status: 500, body: { message: VALUE } } })
    const error = await refusal(() => push(REPOSITORY))
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(`${error.message} ${error.hint} ${error.stack} ${JSON.stringify(error)}`).not.toContain(VALUE)
  })

  it('because its box is for another key says so', async () => {
    const secrets = openSecrets(scene.client(), parseTarget(REPOSITORY).place)
    const { bytes } = await secrets.publicKey()
    const box = sealBox(Buffer.from(VALUE), bytes)
    const error = await refusal(() => secrets.put('X', { keyId: 'other', box, access: null }))
    expect(error).toMatchObject({ code: 'io', message: 'GitHub finds the request invalid (422)' })
  })

  it('by a repository that moved is not followed there', async () => {
    const to = `${scene.github.url}/repositories/${scene.repository.id}/actions/secrets/DEPLOY_KEY`
    scene.github.break({ route: PUT, fault: { kind: 'redirect', to, status: 307 } })
    expect(await refusal(() => push(REPOSITORY))).toMatchObject({ code: 'unavailable' })
    expect(scene.repository.vault.secrets.size).toBe(0)
  })
})
