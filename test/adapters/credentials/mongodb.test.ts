import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { open } from '../../../src/adapters/credentials/mongodb.ts'
import type { Change, Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { AUTHORITY, serverFor, withOpenssl } from '../../core/certificate/authority.ts'
import { MongoStub, type StubUser } from '../../support/servers/mongodb-stub.ts'
import { freePort } from '../../support/servers/own-process.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const PLAIN = { mode: 'disable', ca: null, serverName: null } as const
const ROLES = [{ role: 'readWrite', db: 'orders' }]
const running: MongoStub[] = []
afterEach(async () => {
  for (const stub of running.splice(0)) await stub.stop()
})

const password = () => randomBytes(24).toString('base64url')
const login = (user: string, text: string): Login => ({ user, password: new Secret(text) })
const replace = (user: string, fresh: string): Change => ({ kind: 'replace', user, fresh: new Secret(fresh) })
const admin = login('admin', password())

async function start(users: Readonly<Record<string, StubUser>>): Promise<MongoStub> {
  const root = { password: admin.password.reveal(), roles: [{ role: 'root', db: 'admin' }] }
  const stub = await new MongoStub({ admin: root, ...users }).start()
  running.push(stub)
  return stub
}

function targetOf({ port }: { readonly port: number }, more: Partial<Target> = {}): Target {
  return { driver: 'mongodb', host: '127.0.0.1', port, database: null, tls: PLAIN, options: {}, ...more }
}

describe('at a stub of MongoDB with real SCRAM', () => {
  it('one of two users gets another password, and may get it twice', async () => {
    const [old, fresh] = [password(), password()]
    const limits = [{ clientSource: ['10.0.0.0/8'] }]
    const stub = await start({ app_b: { password: old, roles: ROLES, authenticationRestrictions: limits } })
    const system = open(targetOf(stub))
    expect(await system.preflight([replace('app_b', fresh)], admin)).toEqual([])
    for (let times = 0; times < 2; times += 1) {
      expect(await system.carryOut(replace('app_b', fresh), admin)).toBeNull()
      expect(await system.probe(login('app_b', fresh))).toEqual({ kind: 'yes' })
      expect(await system.probe(login('app_b', old))).toEqual({ kind: 'no' })
    }
    expect(stub.users.get('app_b')).toEqual({ password: fresh, roles: ROLES, authenticationRestrictions: limits })
  })

  it('a user changes itself, also when an earlier run got as far as that', async () => {
    const [old, fresh] = [password(), password()]
    const stub = await start({ app: { password: old, roles: ROLES } })
    const system = open(targetOf(stub))
    await system.carryOut(replace('app', fresh), login('app', old))
    await system.carryOut(replace('app', fresh), login('app', old))
    expect(await system.probe(login('app', fresh))).toEqual({ kind: 'yes' })
  })

  it('a user that is not there is made like another where that is asked for, and only there', async () => {
    const fresh = password()
    const limits = [{ clientSource: ['10.0.0.0/8'] }]
    const stub = await start({ app_a: { password: password(), roles: ROLES, authenticationRestrictions: limits } })
    await expect(open(targetOf(stub)).carryOut(replace('app_b', fresh), admin)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await open(targetOf(stub)).preflight([replace('app_b', fresh)], admin)).toEqual(['there is no user app_b'])
    const system = open(targetOf(stub, { options: { 'create-like': 'app_a' } }))
    expect(await system.preflight([replace('app_b', fresh)], admin)).toEqual([])
    await system.carryOut(replace('app_b', fresh), admin)
    expect(stub.users.get('app_b')).toEqual({ password: fresh, roles: ROLES, authenticationRestrictions: limits })
  })

  it('two users with different roles are no pair', async () => {
    const stub = await start({ app_a: { password: 'a', roles: ROLES }, app_b: { password: 'b', roles: [] } })
    const system = open(targetOf(stub, { options: { 'create-like': 'app_a' } }))
    expect(await system.preflight([replace('app_b', password())], admin)).toEqual([
      'the users app_b and app_a have different roles',
    ])
  })

  it('a password is tried once', async () => {
    const stub = await start({ app: { password: password(), roles: ROLES } })
    expect(await open(targetOf(stub)).probe(login('app', 'wrong'))).toEqual({ kind: 'no' })
    expect(stub.commands).toEqual(['- saslStart', '- saslContinue'])
  })

  it('whoever may not change a user is told so', async () => {
    const right = password()
    const stub = await start({ app: { password: right, roles: ROLES }, other: { password: 'x', roles: [] } })
    const change = open(targetOf(stub)).carryOut(replace('other', password()), login('app', right))
    await expect(change).rejects.toMatchObject({ code: 'permission', message: 'MongoDB: the login may not do this' })
  })

  it('a statement is a command in JSON', async () => {
    const right = password()
    const stub = await start({ app: { password: right, roles: ROLES } })
    const system = open(targetOf(stub))
    expect(await system.probe(login('app', right), '{"ping":1}')).toEqual({ kind: 'yes' })
    expect((await system.probe(login('app', right), '{"absent":1}')).kind).toBe('failed')
    expect((await system.probe(login('app', right), 'db.ping()')).kind).toBe('unknown')
    stub.failing.set('ping', 11_600)
    expect((await system.probe(login('app', right), '{"ping":1}')).kind).toBe('unknown')
  })

  it('nothing but code 18 is a no', async () => {
    const right = password()
    const stub = await start({ app: { password: right, roles: ROLES } })
    for (const code of [6, 8000, 11_600, 10_107, 13]) {
      stub.failing.set('saslStart', code)
      expect((await open(targetOf(stub)).probe(login('app', right))).kind).toBe('unknown')
    }
  }, 60_000)

  it('the users of another database are others', async () => {
    const right = password()
    const stub = await new MongoStub({ app: { password: right, roles: ROLES } }, { database: 'orders' }).start()
    running.push(stub)
    expect(await open(targetOf(stub, { database: 'orders' })).probe(login('app', right))).toEqual({ kind: 'yes' })
    expect(await open(targetOf(stub, { options: { 'auth-source': 'orders' } })).probe(login('app', right))).toEqual({
      kind: 'yes',
    })
    expect(await open(targetOf(stub)).probe(login('app', right))).toEqual({ kind: 'no' })
  })

  it('who is taken for another has not logged in', async () => {
    const right = password()
    const stub = await start({ app: { password: right, roles: ROLES } })
    for (const taken of [
      { user: 'other', db: 'admin' },
      { user: 'app', db: 'orders' },
    ]) {
      stub.taken = taken
      const found = await open(targetOf(stub)).probe(login('app', right))
      expect(found).toEqual({ kind: 'unknown', why: 'it took the login for another' })
    }
  })

  it('of a replica set the primary is found, whichever hosts are named', async () => {
    const right = password()
    const stub = await new MongoStub({ app: { password: right, roles: ROLES } }, { set: 'rs0' }).start()
    running.push(stub)
    const host = `127.0.0.1:${await freePort()},127.0.0.1:${stub.port}`
    const system = open(targetOf(stub, { host, options: { 'replica-set': 'rs0' } }))
    expect(await system.probe(login('app', right))).toEqual({ kind: 'yes' })
  })

  it('what is no host is not asked', async () => {
    for (const host of ['a b', 'user:secret@host', 'host/path', '', 'a?tls=false', 'a:0', 'a:99999'])
      expect((await open(targetOf({ port: 1 }, { host })).probe(login('app', 'any'))).kind).toBe('unknown')
  })

  // The package goes on trying for eight seconds.
  it.skipIf(!full)('nobody there is unknown, and so is somebody who says nothing', async () => {
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const { port } = mute.address() as { readonly port: number }
    const ports = [{ port: await freePort() }, { port }]
    const found = await Promise.all(ports.map((at) => open(targetOf(at)).probe(login('app', 'any'))))
    mute.close()
    expect(found).toEqual([
      { kind: 'unknown', why: 'it cannot be reached (ECONNREFUSED)' },
      { kind: 'unknown', why: 'it did not answer in time' },
    ])
  })

  it('a new password does not go to another machine without TLS', async () => {
    const system = open(targetOf({ port: 27_017 }, { host: '192.0.2.1' }))
    await expect(system.carryOut(replace('app', 'new'), admin)).rejects.toMatchObject({ code: 'unsupported' })
    const several = open(targetOf({ port: 27_017 }, { host: '127.0.0.1,192.0.2.1' }))
    await expect(several.carryOut(replace('app', 'new'), admin)).rejects.toMatchObject({ code: 'unsupported' })
  })
})

withOpenssl('the stub over TLS', (openssl) => {
  const life = { from: '20260101000000Z', to: '20460101000000Z' }
  const authority = openssl.issue({ ...life, cn: 'authority', extensions: AUTHORITY })
  const stranger = openssl.issue({ ...life, cn: 'stranger', extensions: AUTHORITY })
  const leaf = openssl.issue({ ...life, cn: 'db', by: authority, extensions: serverFor('DNS:db.example.org') })

  async function probes(all: readonly Target['tls'][]): Promise<readonly string[]> {
    const right = password()
    const stub = await new MongoStub({ app: { password: right, roles: ROLES } }).start({
      cert: leaf.pem,
      key: leaf.key,
    })
    running.push(stub)
    const found = await Promise.all(all.map((tls) => open(targetOf(stub, { tls })).probe(login('app', right))))
    return found.map((probe) => ('why' in probe ? probe.why.replace(/\(.*\)/, '') : probe.kind))
  }

  it('is trusted as the mode says', async () => {
    const kinds = await probes([
      { mode: 'require', ca: null, serverName: null },
      { mode: 'verify-ca', ca: authority.pem, serverName: null },
      { mode: 'verify-full', ca: authority.pem, serverName: 'db.example.org' },
    ])
    expect(kinds).toEqual(['yes', 'yes', 'yes'])
  })

  // The package goes on trying for eight seconds.
  it.skipIf(!full)('is not trusted otherwise, and never talked to without', async () => {
    const whys = await probes([
      { mode: 'verify-full', ca: authority.pem, serverName: null },
      { mode: 'verify-full', ca: stranger.pem, serverName: 'db.example.org' },
      { mode: 'verify-full', ca: null, serverName: 'db.example.org' },
      { mode: 'verify-ca', ca: stranger.pem, serverName: null },
      { mode: 'require', ca: stranger.pem, serverName: null },
    ])
    expect(new Set(whys)).toEqual(new Set(['it cannot be reached ']))
    const plain = await probes([{ mode: 'disable', ca: null, serverName: null }])
    expect(plain).not.toContain('yes')
  })

  it('is not asked whether it speaks TLS', async () => {
    const [why] = await probes([{ mode: 'prefer', ca: null, serverName: null }])
    expect(why).toBe('MongoDB cannot be asked whether it speaks TLS, as the mode prefer wants')
  })
})
