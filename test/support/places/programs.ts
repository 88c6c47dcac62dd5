import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Login } from '../../../src/core/credential/change.ts'
import { packageRoot } from '../git-repository.ts'
import type { Moments } from '../killing/moments.ts'
import { KeyIssuer } from '../servers/key-issuer.ts'
import { MongoStub } from '../servers/mongodb-stub.ts'
import { entryOf, FIRST, usersOf, type WantedPlace } from './databases.ts'
import { type CredentialPlace, filesWith, type ServedPlaces } from './place.ts'

/** A file of SQLCipher. The program that Sealward starts reports each start, and what it is told. */
export function sqlcipherPlaces(program: string): ServedPlaces {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-sqlcipher-'))
  const path = join(folder, 'orders.db')
  const say = (key: string, statement: string) =>
    execFileSync(program, ['-batch', '-bail', path], {
      input: `PRAGMA key = '${key}';\n${statement};\n`,
      stdio: 'pipe',
      encoding: 'utf8',
    })
  say(FIRST, 'CREATE TABLE t(x); INSERT INTO t VALUES (1)')
  const place: CredentialPlace = {
    title: 'sqlcipher, single',
    hasOverlap: false,
    port: null,
    entry: () => `password: DB_KEY, driver: sqlcipher, host: ${path}`,
    values: () => ({ DB_KEY: FIRST }),
    knock: async ({ password }) => {
      if (!say(password.reveal(), 'SELECT count(*) FROM t').trim().endsWith('1')) throw new Error('it has no table')
    },
    prepare: (moments) => ({ PATH: `${wrap(program, folder, moments)}${delimiter}${process.env.PATH}` }),
  }
  return {
    places: [place],
    traces: async (texts) => filesWith(folder, texts),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** @returns a folder with a `sqlcipher` in it */
function wrap(program: string, folder: string, { script }: Moments): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const text = `#!/bin/sh
input=$(cat)
case $input in *rekey*) does=changes ;; *) does=asks ;; esac
'${script}' piece before "$$ $does" || exit 1
printf '%s\\n' "$input" | '${program}' "$@"
status=$?
'${script}' piece after "$$ $does" || exit 1
exit $status
`
  writeFileSync(join(bin, 'sqlcipher'), text, { mode: 0o755 })
  return bin
}

/** The stub of MongoDB: it has real SCRAM, and no logs. */
export async function mongodbPlaces(wanted: readonly WantedPlace[]): Promise<ServedPlaces> {
  const roles = [{ role: 'readWrite', db: 'orders' }]
  const admin = { password: randomBytes(18).toString('base64url'), roles: [{ role: 'root', db: 'admin' }] }
  const users = wanted.flatMap(usersOf).map((user) => [user, { password: FIRST, roles }] as const)
  const stub = await new MongoStub({ admin, ...Object.fromEntries(users) }).start()
  const places = wanted.map((one): CredentialPlace => {
    const { strategy, alone = false } = one
    return {
      title: `a stub of mongodb, ${strategy}${alone ? ' by itself' : ''}`,
      hasOverlap: strategy !== 'single',
      port: stub.port,
      entry: () => `url: MONGODB_URI, tls: { mode: disable }, ${entryOf(one)}`,
      values: (port) => ({
        MONGODB_URI: `mongodb://${usersOf(one)[0]}:${FIRST}@127.0.0.1:${port}/orders?authSource=admin`,
        ...(alone ? {} : { ADMIN_USER: 'admin', ADMIN: admin.password }),
      }),
      knock: async ({ user, password }) => {
        if (stub.users.get(user)?.password !== password.reveal()) throw new Error('Authentication failed.')
      },
    }
  })
  return { places, traces: async () => [], close: () => stub.stop() }
}

/** An API that makes its keys by itself, and the program of docs/examples/. */
export async function apiKeyPlaces(): Promise<ServedPlaces> {
  const issuer = new KeyIssuer()
  await issuer.start()
  const first = issuer.make()
  const argv = JSON.stringify([process.execPath, join(packageRoot, 'docs', 'examples', 'rotate-api-key.mjs')])
  const knock = async ({ password }: Login) => {
    const headers = { authorization: `Bearer ${password.reveal()}` }
    const { status } = await fetch(`http://127.0.0.1:${issuer.port}/v1/keys/self`, { headers })
    if (status !== 200) throw new Error(`it answered ${status}`)
  }
  const place: CredentialPlace = {
    title: 'an API by a command, dual',
    hasOverlap: true,
    port: issuer.port,
    entry: (port) =>
      `password: API_KEY, driver: command, strategy: dual, grace: 1h, options: { argv: ${argv}, issue: true, base: "http://127.0.0.1:${port}" }`,
    values: () => ({ API_KEY: first }),
    knock,
  }
  return { places: [place], traces: async () => [], close: () => issuer.stop() }
}
