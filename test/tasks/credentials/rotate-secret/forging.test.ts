import { beforeAll, describe, expect, it } from 'vitest'
import { newRecord, type RotationRecord } from '../../../../src/core/credential/record/record.ts'
import { sealRecord } from '../../../../src/core/credential/record/seal-record.ts'
import { parseEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { ADMIN, fakeDatabase } from '../../../fakes/credentials/database.ts'
import { killedAfterCommit, OVERLAP, works } from '../../../support/credential-events.ts'
import {
  type CredentialScene,
  credentialScene,
  FILE,
  NAME,
  RECORD,
  type SceneOptions,
} from '../../../support/credential-scene.ts'
import { documentOf } from '../../../support/documents.ts'
import { type Member, newMember, seal } from '../../../support/sealing.ts'

/** Somebody who may push and opens no file: recipients are public, so that anybody can encrypt for them. */

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: 'dual' | 'alternating', options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

const THEIRS = new Secret('known-to-them')

interface Forged {
  readonly driver: RotationRecord['driver']
  readonly strategy: RotationRecord['strategy']
  readonly host?: string
  /** What they believe the file has. */
  readonly current?: RotationRecord['previous']
  readonly user: string
}

async function pushRecord(at: CredentialScene, forged: Forged): Promise<void> {
  const { driver, strategy, host = 'db.example', user, current } = forged
  const record = newRecord({
    ...{ name: NAME, file: FILE, driver, strategy, emergency: true, failures: 0, now: at.now },
    target: JSON.stringify([driver, host, null, 'orders']),
    current: current ?? { user, password: new Secret('a guess') },
    pending: { user, password: THEIRS },
  })
  at.remote.files.set(RECORD, await sealRecord(record, parseEncryptedFile(at.remote.files.get(FILE)!)))
}

describe('who may push and has no key', () => {
  it.each([
    ['dual', 'mysql', 'app'],
    ['alternating', 'postgres', 'app_b'],
  ] as const)('%s: has no password of theirs set by a record of their own', async (strategy, driver, user) => {
    const at = await scene(strategy, { byRequest: true })
    await pushRecord(at, { driver, strategy, user })
    expect((await at.run())!.outcome.kind).toBe('rolled-back')
    expect(at.database.accepts({ user, password: THEIRS.reveal() })).toBe(false)
    expect(await at.committed()).toEqual(at.first)
    expect(await works(at)).toBe(true)
  })

  it.each(OVERLAP)('%s: has no old password set again by a record of long ago', async (kind) => {
    const at = await scene(kind)
    await killedAfterCommit(at, 1)
    const old = at.remote.files.get(RECORD)!
    const { pending } = (await at.record())!
    const leaked = { user: pending!.user, password: pending!.password!.reveal() }
    for (let runs = 0; runs < 4; runs += 1) {
      await at.run()
      at.later(25)
    }
    expect(at.database.accepts(leaked)).toBe(false)
    at.remote.files.set(RECORD, old)
    at.remote.merge()
    await at.run()
    expect(at.database.accepts(leaked)).toBe(false)
    expect(await at.committed()).not.toEqual(leaked)
    expect(await works(at)).toBe(true)
  })

  it('and knows the login of somebody: has no other user changed by the admin', async () => {
    const at = await scene('alternating', { byRequest: true })
    at.database.users.set('low', ['theirs'])
    const values = { ...(await at.values()), DATABASE_URL: 'postgres://low:theirs@db.example/orders' }
    at.remote.files.set(FILE, await seal(documentOf(values), [member]))
    const current = { user: 'low', password: new Secret('theirs') }
    await pushRecord(at, { driver: 'postgres', strategy: 'alternating', user: ADMIN, current })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unsupported' })
    expect(at.database.accepts({ user: ADMIN, password: THEIRS.reveal() })).toBe(false)
  })

  it('has no login told to a server of theirs, which only the branch of the rotation leads to', async () => {
    const [database, hosts] = [fakeDatabase({ [ADMIN]: ['admin-password'], app: ['first'] }), new Set<string>()]
    const systems = {
      async open({ host }: { readonly host: string }) {
        hosts.add(host)
        return database.system
      },
    }
    const at = await scene('dual', {
      byRequest: true,
      system: {
        entry: 'url: DATABASE_URL, admin: { user: PG_ADMIN_USER, password: PG_ADMIN }, strategy: dual',
        values: {
          DATABASE_URL: 'mysql://app:first@db.example/orders',
          PG_ADMIN: 'admin-password',
          PG_ADMIN_USER: ADMIN,
        },
        first: { user: 'app', password: 'first' },
        systems,
      },
    })
    const values = { ...(await at.values()), DATABASE_URL: 'mysql://app:theirs@evil.example/orders' }
    at.remote.files.set(FILE, await seal(documentOf(values), [member]))
    const current = { user: 'app', password: new Secret('theirs') }
    await pushRecord(at, { driver: 'mysql', strategy: 'dual', user: 'app', host: 'evil.example', current })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'untrusted' })
    expect([...hosts]).not.toContain('evil.example')
  })

  it('and gets the file merged: has the admin told to no server that its own connection string does not name', async () => {
    const at = await scene('dual', {
      system: {
        entry: 'url: DATABASE_URL, admin: { url: ADMIN_URL }, strategy: dual',
        values: {
          DATABASE_URL: 'mysql://app:first@evil.example/orders',
          ADMIN_URL: `mysql://${ADMIN}:admin-password@db.example/`,
        },
        first: { user: 'app', password: 'first' },
        systems: { open: async () => fakeDatabase({ [ADMIN]: ['admin-password'], app: ['first'] }).system },
      },
    })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'policy-invalid' })
  })

  it('changes nothing of who the admin is', async () => {
    const at = await scene('dual', { byRequest: true })
    await killedAfterCommit(at, 1)
    const values = { ...(await at.values()), PG_ADMIN: 'theirs' }
    at.remote.files.set(FILE, await seal(documentOf(values), [member]))
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'merge' })
  })
})
