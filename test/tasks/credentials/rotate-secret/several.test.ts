import { beforeAll, describe, expect, it } from 'vitest'
import { credentialSystems } from '../../../../src/adapters/credentials/systems.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { rotateSecrets } from '../../../../src/tasks/credentials/rotate-secret.ts'
import type { RotateSecretWorld } from '../../../../src/tasks/steps/credential/run.ts'
import type { CredentialSystems } from '../../../../src/tasks/world/credentials.ts'
import { fakeBranch } from '../../../fakes/credentials/branch.ts'
import { ADMIN, fakeDatabase } from '../../../fakes/credentials/database.ts'
import { fixedKeys } from '../../../fakes/fixed-keys.ts'
import { itWith } from '../../../peers.ts'
import { documentOf } from '../../../support/documents.ts'
import { type Member, newMember, open, seal } from '../../../support/sealing.ts'
import { PostgresServer } from '../../../support/servers/postgres.ts'

const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const FILE = '.env.encrypted'
const NOW = new Date('2026-03-04T05:00:00Z')

let member: Member
beforeAll(async () => {
  member = await newMember()
})

/** Several credentials in one file, at one server. */
async function sceneOf(
  count: number,
  at: { readonly server: string; readonly admin: string; readonly systems: CredentialSystems },
) {
  const users = Array.from({ length: count }, (_, index) => `app${index}`)
  const urls = Object.fromEntries(
    users.map((user) => [`URL_${user}`, `postgres://${user}:first@${at.server}/postgres`]),
  )
  const entry = (user: string) =>
    `    - { name: ${user}, path: ${FILE}, url: URL_${user}, tls: { mode: disable }, admin: { user: ADMIN_USER, password: ADMIN } }`
  const yaml = `rotation:\n  delivery: { mode: commit }\n  credentials:\n${users.map(entry).join('\n')}\n`
  const remote = fakeBranch(
    { [FILE]: await seal(documentOf({ ...urls, ADMIN_USER: ADMIN, ADMIN: at.admin }), [member]) },
    { now: () => NOW },
  )
  const world: RotateSecretWorld = {
    systems: at.systems,
    deliveries: { open: async () => remote },
    locks: { within: (_, work) => work() },
    verifier: { verify: async () => ({ kind: 'passed' }) },
    keys: fixedKeys(member.identity),
    configs: { nearest: async () => null },
    files: { read: async () => null },
    clock: { now: () => NOW },
    actors: { current: async () => ({ via: 'git', name: 'somebody' }) },
    teller: { warn: () => {}, note: () => {} },
    stop: { asked: false },
    hide: () => {},
  }
  const policy = parsePolicy(yaml, 'sealward.yml').rotation
  const wishes = { dryRun: false, emergency: false, rollback: false, retry: false, force: false, reason: null }
  return {
    users,
    rotate: () => rotateSecrets({ policy, credentials: policy.credentials.toReversed(), ...wishes }, world),
    passwords: async () => {
      const { variables } = await open(remote.files.get(FILE)!, member.identity)
      return new Map(users.map((user) => [user, new URL(variables.get(`URL_${user}`)!.value).password]))
    },
  }
}

describe('several credentials', () => {
  it('are rotated by name, one after the other, and one that fails keeps none of the others from it', async () => {
    const database = fakeDatabase({ [ADMIN]: ['adminpw'], app0: ['first'], app1: ['other'], app2: ['first'] })
    const scene = await sceneOf(3, {
      server: 'db.example',
      admin: 'adminpw',
      systems: { open: async () => database.system },
    })
    const done = await scene.rotate()
    expect(done.map(({ name, outcome }) => [name, outcome.kind])).toEqual([
      ['app0', 'rotated'],
      ['app1', 'drift'],
      ['app2', 'rotated'],
    ])
    const passwords = await scene.passwords()
    for (const user of ['app0', 'app2']) expect(database.users.get(user)).toEqual([passwords.get(user)])
    expect(passwords.get('app1')).toBe('first')
  })

  itWith(
    ['initdb', 'postgres'],
    'fifty at one PostgreSQL never have two connections open at once',
    async (initdb, postgres) => {
      const count = FULL ? 50 : 4
      const settings = ['log_connections=on', 'log_disconnections=on', 'log_line_prefix=']
      const server = await new PostgresServer([initdb!, postgres!], { settings }).start()
      try {
        const adminpw = 'adminpw'
        await server.ask(`CREATE ROLE ${ADMIN} LOGIN SUPERUSER PASSWORD '${adminpw}'`)
        for (let index = 0; index < count; index += 1)
          await server.ask(`CREATE ROLE app${index} LOGIN PASSWORD 'first'`)
        const before = server.folder.output().length
        const scene = await sceneOf(count, {
          server: `127.0.0.1:${server.port}`,
          admin: adminpw,
          systems: credentialSystems(null),
        })
        const done = await scene.rotate()
        expect(done.map(({ outcome }) => outcome.kind)).toEqual(done.map(() => 'rotated'))
        expect(done.length).toBe(count)
        const { most, all } = connectionsIn(server.folder.output().slice(before))
        expect(most).toBe(1)
        expect(all).toBeGreaterThan(count * 4)
      } finally {
        await server.close()
      }
    },
  )
})

/** How many sessions there were, and how many at once. One that was refused its login never was one. */
function connectionsIn(log: string): { readonly most: number; readonly all: number } {
  let [now, most, all] = [0, 0, 0]
  for (const line of log.split('\n')) {
    if (line.includes('connection authorized:')) [now, all] = [now + 1, all + 1]
    if (line.includes('disconnection:')) now -= 1
    most = Math.max(most, now)
  }
  return { most, all }
}
