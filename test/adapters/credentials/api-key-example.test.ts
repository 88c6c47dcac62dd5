import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { open } from '../../../src/adapters/credentials/command.ts'
import type { Change, Login } from '../../../src/core/credential/change.ts'
import { Secret } from '../../../src/core/secret.ts'
import { KeyIssuer } from '../../support/servers/key-issuer.ts'

const EXAMPLE = join(import.meta.dirname, '../../../docs/examples/rotate-api-key.mjs')
const NO_TLS = { mode: 'disable', ca: null, serverName: null } as const

const login = (key: string): Login => ({ user: '', password: new Secret(key) })
const issue = (key: string, request: string): Change => ({ kind: 'issue', user: '', request, current: new Secret(key) })
const retire = (keep: string, old: string): Change => ({
  kind: 'retire',
  user: '',
  keep: new Secret(keep),
  old: new Secret(old),
})

describe('the example for keys of a REST API', () => {
  let issuer: KeyIssuer
  afterEach(() => issuer.stop())

  async function start() {
    issuer = new KeyIssuer()
    const base = await issuer.start()
    const options = { argv: JSON.stringify([process.execPath, EXAMPLE]), base }
    return open({ driver: 'command', host: '', port: null, database: null, tls: NO_TLS, options })
  }

  it('goes from one key to the next, with both for a while', async () => {
    const system = await start()
    const old = issuer.make()
    expect(await system.preflight([issue(old, 'r-1')], login(old))).toEqual([])
    const fresh = (await system.carryOut(issue(old, 'r-1'), login(old)))!.reveal()
    expect([(await system.probe(login(old))).kind, (await system.probe(login(fresh))).kind]).toEqual(['yes', 'yes'])
    for (let times = 0; times < 2; times += 1) await system.carryOut(retire(fresh, old), login(fresh))
    expect([(await system.probe(login(old))).kind, (await system.probe(login(fresh))).kind]).toEqual(['no', 'yes'])
  })

  it('has one key after a crash between making it and writing it down', async () => {
    const system = await start()
    const old = issuer.make()
    issuer.breaksOnce = true
    await expect(system.carryOut(issue(old, 'r-1'), login(old))).rejects.toMatchObject({ code: 'unavailable' })
    expect(issuer.keys.size).toBe(2)
    const fresh = (await system.carryOut(issue(old, 'r-1'), login(old)))!.reveal()
    const again = (await system.carryOut(issue(old, 'r-1'), login(old)))!.reveal()
    expect(again).toBe(fresh)
    expect(issuer.keys.size).toBe(2)
    expect((await system.carryOut(issue(old, 'r-2'), login(old)))!.reveal()).not.toBe(fresh)
  })

  it('knows a wrong key from an API that is ill, or not there', async () => {
    const system = await start()
    const key = issuer.make()
    expect(await system.probe(login('key_wrong'))).toEqual({ kind: 'no' })
    issuer.status = 503
    expect(await system.probe(login(key))).toEqual({ kind: 'unknown', why: 'the API answered 503' })
    issuer.status = 403
    await expect(system.carryOut(issue(key, 'r'), login(key))).rejects.toMatchObject({ code: 'permission' })
    await issuer.stop()
    expect((await system.probe(login(key))).kind).toBe('unknown')
  })

  it('takes no password that somebody else made', async () => {
    const system = await start()
    const key = issuer.make()
    const change = system.carryOut({ kind: 'replace', user: '', fresh: new Secret('mine') }, login(key))
    await expect(change).rejects.toMatchObject({ code: 'unsupported' })
  })
})
