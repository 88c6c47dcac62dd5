import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { open } from '../../../src/adapters/credentials/sqlcipher.ts'
import type { Change, Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { itWith } from '../../peers.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const PAGES = 200

const folder = mkdtempSync(join(tmpdir(), 'sealward-sqlcipher-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const password = () => randomBytes(24).toString('base64url')
const login = (text: string): Login => ({ user: '', password: new Secret(text) })
const replace = (fresh: string): Change => ({ kind: 'replace', user: '', fresh: new Secret(fresh) })

function targetOf(host: string, options: Target['options'] = {}): Target {
  const tls = { mode: 'disable', ca: null, serverName: null } as const
  return { driver: 'sqlcipher', host, port: null, database: null, tls, options }
}

/** The key as the pragma has it, with its quotes. */
function make(program: string, name: string, key: string, rows = 1): string {
  const path = join(folder, name)
  const fill = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO t SELECT hex(randomblob(2000)) FROM n;`
  execFileSync(program, ['-batch', path], {
    input: `PRAGMA key = ${key};\nCREATE TABLE t(x);\n${fill}\n`,
    stdio: 'pipe',
  })
  return path
}

describe('a file of SQLCipher', () => {
  itWith('sqlcipher', 'gets another password, and may get it twice', async (program) => {
    const [old, fresh] = [password(), password()]
    const system = open(targetOf(make(program!, 'twice.db', `'${old}'`)))
    expect(await system.preflight([replace(fresh)], login(old))).toEqual([])
    for (let times = 0; times < 2; times += 1) {
      expect(await system.carryOut(replace(fresh), login(old))).toBeNull()
      expect(await system.probe(login(fresh), 'SELECT count(*) FROM t')).toEqual({ kind: 'yes' })
      expect(await system.probe(login(old))).toEqual({ kind: 'no' })
    }
  })

  itWith('sqlcipher', 'takes passwords with quotes, dots, and letters of every alphabet', async (program) => {
    const odd = [`a'b"c\`d\\e`, '.quit', `.shell touch ${join(folder, 'pwned')}`, '-- ;', 'пароль 🔑', "''", 'x y']
    const path = make(program!, 'odd.db', "'first'")
    let current = 'first'
    for (const fresh of odd) {
      await open(targetOf(path)).carryOut(replace(fresh), login(current))
      expect(await open(targetOf(path)).probe(login(fresh))).toEqual({ kind: 'yes' })
      current = fresh
    }
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
  })

  itWith('sqlcipher', 'refuses passwords that would end the statement, or be taken for a raw key', async (program) => {
    const path = make(program!, 'refused.db', "'first'")
    for (const fresh of ['', 'a\nb', 'a\0b', `x'${'ab'.repeat(32)}'`])
      await expect(open(targetOf(path)).carryOut(replace(fresh), login('first'))).rejects.toMatchObject({
        code: 'unsupported',
      })
    expect(await open(targetOf(path)).probe(login('first'))).toEqual({ kind: 'yes' })
  })

  itWith('sqlcipher', 'may have a raw key', async (program) => {
    const [old, fresh] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
    const system = open(targetOf(make(program!, 'raw.db', `"x'${old}'"`), { key: 'raw' }))
    await system.carryOut(replace(fresh), login(old))
    expect(await system.probe(login(fresh))).toEqual({ kind: 'yes' })
    expect(await system.probe(login(old))).toEqual({ kind: 'no' })
    await expect(system.carryOut(replace('no hex'), login(fresh))).rejects.toMatchObject({ code: 'unsupported' })
  })

  itWith('sqlcipher', 'is not changed by whoever does not know its password', async (program) => {
    const path = make(program!, 'stranger.db', "'right'")
    const before = readFileSync(path)
    const change = open(targetOf(path)).carryOut(replace(password()), login('wrong'))
    await expect(change).rejects.toMatchObject({ code: 'permission' })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(await open(targetOf(path)).preflight([], login('wrong'))).toEqual(['the present password does not open it'])
  })

  itWith('sqlcipher', 'says nothing of a password where there is no such file, and makes none', async () => {
    const path = join(folder, 'absent.db')
    expect(await open(targetOf(path)).probe(login('any'))).toEqual({ kind: 'unknown', why: 'there is no such file' })
    await expect(open(targetOf(path)).carryOut(replace('new'), login('any'))).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(existsSync(path)).toBe(false)
  })

  itWith('sqlcipher', 'says nothing of a password where every one opens it, or none', async () => {
    const [empty, plain, damaged] = ['empty.db', 'plain.db', 'damaged.db'].map((name) => join(folder, name))
    writeFileSync(empty!, '')
    writeFileSync(plain!, 'SQLite format 3\0 and so on')
    writeFileSync(damaged!, 'short')
    const whys = await Promise.all([empty, plain, damaged].map((path) => open(targetOf(path!)).probe(login('any'))))
    expect(whys).toEqual([
      { kind: 'unknown', why: 'the file is empty, or cut off' },
      { kind: 'unknown', why: 'the file is a database that is not encrypted' },
      { kind: 'unknown', why: 'the file is empty, or cut off' },
    ])
    for (const path of [empty!, plain!, damaged!]) {
      const before = readFileSync(path)
      const change = open(targetOf(path)).carryOut(replace('new'), login('any'))
      await expect(change).rejects.toMatchObject({ code: 'unavailable' })
      expect(readFileSync(path).equals(before)).toBe(true)
    }
  })

  itWith('sqlcipher', 'runs one statement and no command of the program', async (program) => {
    const system = open(targetOf(make(program!, 'statement.db', "'right'")))
    expect((await system.probe(login('right'), 'SELECT x FROM absent')).kind).toBe('failed')
    for (const hostile of [`.shell touch ${join(folder, 'pwned')}`, `SELECT 1;\n.shell touch ${join(folder, 'pwned')}`])
      expect((await system.probe(login('right'), hostile)).kind).toBe('unknown')
    expect(existsSync(join(folder, 'pwned'))).toBe(false)
  })

  itWith('sqlcipher', 'gets another password also with a write-ahead log', async (program) => {
    const [old, fresh] = [password(), password()]
    const path = make(program!, 'wal.db', `'${old}'`)
    execFileSync(program!, ['-batch', path], { input: `PRAGMA key = '${old}';\nPRAGMA journal_mode = WAL;\n` })
    const system = open(targetOf(path))
    await system.carryOut(replace(fresh), login(old))
    expect(await system.probe(login(fresh), 'SELECT count(*) FROM t')).toEqual({ kind: 'yes' })
    expect(await system.probe(login(old))).toEqual({ kind: 'no' })
  })

  itWith('sqlcipher', 'that another process writes to keeps its password, and says so', async (program) => {
    const path = make(program!, 'busy.db', "'right'")
    const other = spawn(program!, ['-batch', path], { stdio: ['pipe', 'pipe', 'ignore'] })
    other.stdin.write("PRAGMA key = 'right';\nBEGIN IMMEDIATE;\nINSERT INTO t VALUES('x');\nSELECT 'ready';\n")
    await new Promise((resolve) => other.stdout.once('data', resolve))
    await expect(open(targetOf(path)).carryOut(replace('new'), login('right'))).rejects.toMatchObject({
      code: 'unavailable',
    })
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    expect(await open(targetOf(path)).probe(login('right'))).toEqual({ kind: 'yes' })
  })

  itWith(
    'sqlcipher',
    'has the old password or the new, whenever the program is killed, and all its rows',
    async (program) => {
      const path = make(program!, 'killed.db', "'k0'", PAGES * (full ? 20 : 5))
      // Nothing fails in SQL but what overflows.
      const rows = () =>
        `SELECT CASE count(*) WHEN ${PAGES * (full ? 20 : 5)} THEN 1 ELSE abs(-9223372036854775807 - 1) END FROM t`
      let current = 'k0'
      const ends = { old: 0, new: 0 }
      for (let round = 1; round <= (full ? 40 : 6); round += 1) {
        const fresh = `k${round}`
        const child = spawn(program!, ['-batch', path], { stdio: ['pipe', 'ignore', 'ignore'] })
        child.stdin.end(`PRAGMA key = '${current}';\nSELECT count(*) FROM t;\nPRAGMA rekey = '${fresh}';\n`)
        const gone = new Promise((resolve) => child.once('exit', resolve))
        if (round % 2 === 0)
          while (child.exitCode === null && !readdirSync(folder).includes('killed.db-journal')) await tick(0)
        await tick(round * 3)
        child.kill('SIGKILL')
        await gone
        const system = open(targetOf(path))
        const [asOld, asNew] = [await system.probe(login(current), rows()), await system.probe(login(fresh), rows())]
        expect([asOld.kind, asNew.kind].sort()).toEqual(['no', 'yes'])
        ends[asNew.kind === 'yes' ? 'new' : 'old'] += 1
        await system.carryOut(replace(fresh), login(current))
        expect(await system.probe(login(fresh), rows())).toEqual({ kind: 'yes' })
        current = fresh
      }
      expect(ends.old).toBeGreaterThan(0)
    },
  )
})

const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
