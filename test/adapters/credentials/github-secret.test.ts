import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWith, type SecretDoor } from '../../../src/adapters/credentials/github-secret.ts'
import { openSecrets } from '../../../src/adapters/github/secrets.ts'
import type { Change, Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import type { SecretTarget } from '../../../src/core/push/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { planPush, pushSecret } from '../../../src/tasks/steps/push/push-secret.ts'
import { BOT, type GitHubScene, openScene, TOKEN } from '../../fakes/github/scene.ts'

const SECRET = 'github:acme/app:API_KEY'
const login = (text: string): Login => ({ user: '', password: new Secret(text) })
const replace = (text: string): Change => ({ kind: 'replace', user: '', fresh: new Secret(text) })

let scene: GitHubScene
beforeEach(async () => {
  scene = await openScene()
  scene.github.tokens.set(TOKEN, { login: BOT, permissions: ['secrets: write'] })
})
afterEach(() => scene.github.close())

/** As a face puts it together. */
function door(): SecretDoor {
  const world = { secrets: async (place: SecretTarget['place']) => openSecrets(scene.client(), place) }
  return {
    plan: (target) => planPush(target, world),
    push: (order) => pushSecret(order, world),
    find: async ({ place, name }) => (await world.secrets(place)).find(name),
  }
}

function open(options: Target['options'] = { secret: SECRET }) {
  const tls = { mode: 'verify-full', ca: null, serverName: null } as const
  return openWith(door())({ driver: 'github-secret', host: '', port: null, database: null, tls, options })
}

describe('a secret of GitHub Actions', () => {
  it('gets another value, and may get it twice', async () => {
    const system = open()
    expect(await system.preflight([replace('first')], login(''))).toEqual([])
    for (let times = 0; times < 2; times += 1) {
      expect(await system.carryOut(replace('first'), login(''))).toBeNull()
      expect(scene.repository.vault.secrets.get('API_KEY')).toMatchObject({ value: 'first' })
      expect(await system.probe(login('first'))).toEqual({ kind: 'yes' })
    }
  })

  it('tells nothing of what it holds, but what this process pushed', async () => {
    await open().carryOut(replace('first'), login(''))
    const unknown = { kind: 'unknown', why: 'GitHub does not say what a secret holds' }
    expect(await open().probe(login('first'))).toEqual(unknown)
    const system = open()
    await system.carryOut(replace('second'), login(''))
    expect(await system.probe(login('first'))).toEqual(unknown)
  })

  it('that somebody else has changed since is not ours', async () => {
    const system = open()
    await system.carryOut(replace('first'), login(''))
    scene.repository.vault.secrets.delete('API_KEY')
    expect(await system.probe(login('first'))).toEqual({
      kind: 'unknown',
      why: 'somebody else has changed the secret since',
    })
  })

  it('has no second value, and is not pushed to without the right', async () => {
    const add: Change = { kind: 'add', user: '', fresh: new Secret('a'), current: new Secret('b') }
    await expect(open().carryOut(add, login(''))).rejects.toMatchObject({ code: 'unsupported' })
    scene.github.tokens.set(TOKEN, { login: BOT, permissions: [] })
    await expect(open().preflight([replace('a')], login(''))).rejects.toMatchObject({ code: 'permission' })
  })

  it.each([{}, { secret: 'API_KEY' }, { secret: 'github:acme/app:GITHUB_X' }, { secret: SECRET, other: '' }])(
    'has to be named: %j',
    (options) => expect(() => open(options)).toThrow(expect.objectContaining({ code: 'policy-invalid' })),
  )
})
