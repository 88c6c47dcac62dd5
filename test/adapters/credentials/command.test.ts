import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { open } from '../../../src/adapters/credentials/command.ts'
import type { Change } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealward-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const admin = { user: 'root', password: new Secret('admin-secret-1') }
const login = { user: 'app', password: new Secret('login-secret-2') }
const fresh = new Secret('fresh-secret-3')
const replace: Change = { kind: 'replace', user: 'app', fresh }
let count = 0

/** A command that is this program: `input` is the request as text, `answer` prints an object. */
function commandOf(body: string, options: Readonly<Record<string, string>> = {}) {
  count += 1
  const path = join(folder, `command-${count}.mjs`)
  const start = `import { readFileSync } from 'node:fs'
const input = readFileSync(0, 'utf8'), request = JSON.parse(input)
const answer = (it) => process.stdout.write(JSON.stringify({ sealward: 1, ...it }))\n`
  writeFileSync(path, start + body)
  const target: Target = {
    driver: 'command',
    host: 'api.example.com',
    port: 8443,
    database: 'orders',
    tls: { mode: 'verify-full', ca: null, serverName: null },
    options: { argv: JSON.stringify([process.execPath, path, 'word with spaces']), region: 'eu', ...options },
  }
  return open(target)
}

/** What a command was asked, written down by itself. */
async function askedOf(use: (system: ReturnType<typeof open>) => Promise<unknown>): Promise<unknown> {
  const path = join(folder, `asked-${count}.json`)
  await use(
    commandOf(`import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(path)}, input)
answer({ outcome: request.op === 'probe' ? 'yes' : 'done', ...(request.op === 'issue' && { password: 'made' }) })`),
  )
  return JSON.parse(readFileSync(path, 'utf8'))
}

describe('what a command is asked', () => {
  const common = {
    sealward: 1,
    user: 'app',
    target: { host: 'api.example.com', port: 8443, database: 'orders' },
    options: { region: 'eu' },
  }

  it('to try a login', async () => {
    const secrets = { password: 'login-secret-2' }
    expect(await askedOf((system) => system.probe(login))).toEqual({ ...common, op: 'probe', secrets })
    const asked = await askedOf((system) => system.probe(login, 'GET /health'))
    expect(asked).toEqual({ ...common, op: 'probe', secrets, statement: 'GET /health' })
  })

  it('whether changes could be made, without the new passwords', async () => {
    const changes = [{ op: 'replace', user: 'app' }]
    const secrets = { admin: 'admin-secret-1' }
    const asked = await askedOf((system) => system.preflight([replace], admin))
    expect(asked).toEqual({ ...common, op: 'preflight', admin: 'root', changes, secrets })
  })

  it.each<[Change, object]>([
    [replace, { secrets: { fresh: 'fresh-secret-3' } }],
    [
      { kind: 'add', user: 'app', fresh, current: login.password },
      { secrets: { fresh: 'fresh-secret-3', current: 'login-secret-2' } },
    ],
    [
      { kind: 'retire', user: 'app', keep: fresh, old: login.password },
      { secrets: { keep: 'fresh-secret-3', old: 'login-secret-2' } },
    ],
    [
      { kind: 'issue', user: 'app', request: 'r-1', current: login.password },
      { request: 'r-1', secrets: { current: 'login-secret-2' } },
    ],
  ])('to make a change: $kind', async (change, { secrets, ...more }: { secrets?: object }) => {
    const asked = await askedOf((system) => system.carryOut(change, admin))
    const all = { ...secrets, admin: 'admin-secret-1' }
    expect(asked).toEqual({ ...common, op: change.kind, admin: 'root', ...more, secrets: all })
  })
})

describe('what a command answers', () => {
  it.each([
    ['yes', { kind: 'yes' }],
    ['no', { kind: 'no' }],
    ['failed', { kind: 'failed', why: 'in its words' }],
    ['unknown', { kind: 'unknown', why: 'in its words' }],
    ['error', { kind: 'unknown', why: 'in its words' }],
  ])('to a probe: %s', async (outcome, probe) => {
    const system = commandOf(`answer({ outcome: '${outcome}', why: 'in its words' })`)
    expect(await system.probe(login)).toEqual(probe)
  })

  it('to a preflight, and to a change', async () => {
    expect(
      await commandOf(`answer({ outcome: 'done', against: ['no such user'] })`).preflight([replace], admin),
    ).toEqual(['no such user'])
    expect(await commandOf(`answer({ outcome: 'done' })`).preflight([replace], admin)).toEqual([])
    expect(await commandOf(`answer({ outcome: 'done' })`).carryOut(replace, admin)).toBeNull()
    const issue: Change = { kind: 'issue', user: 'app', request: 'r', current: fresh }
    const made = await commandOf(`answer({ outcome: 'done', password: 'made' })`).carryOut(issue, admin)
    expect(made?.reveal()).toBe('made')
  })

  it('with an error, in one of three kinds', async () => {
    for (const code of ['permission', 'unsupported', 'unavailable']) {
      const change = commandOf(`answer({ outcome: 'error', code: '${code}', why: 'because' })`).carryOut(replace, admin)
      await expect(change).rejects.toMatchObject({ code, message: 'the command refused: because' })
    }
    const other = commandOf(`answer({ outcome: 'error', code: 'internal' })`).carryOut(replace, admin)
    await expect(other).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the command refused: it gave no reason',
    })
  })

  it.each([
    ['nothing', ''],
    ['no JSON', `process.stdout.write('done')`],
    ['two answers', `answer({ outcome: 'yes' }); answer({ outcome: 'yes' })`],
    ['another version', `process.stdout.write('{"sealward":2,"outcome":"yes"}')`],
    ['another outcome', `answer({ outcome: 'perhaps' })`],
    ['a password nobody asked for', `answer({ outcome: 'done', password: 'p' })`],
    ['too much', `process.stdout.write(' '.repeat(70000)); answer({ outcome: 'yes' })`],
    ['another status', `answer({ outcome: 'yes' }); process.exitCode = 3`],
    ['by a signal', `process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9999)`],
  ])('that is no answer: %s', async (_, body) => {
    expect((await commandOf(body).probe(login)).kind).toBe('unknown')
    await expect(commandOf(body).carryOut(replace, admin)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('too late', async () => {
    const system = commandOf(`setTimeout(() => answer({ outcome: 'yes' }), 60_000)`, { timeout: '1' })
    expect(await system.probe(login)).toEqual({ kind: 'unknown', why: 'the command did not answer: it took too long' })
  })

  it('too late, with a child that holds its output open', async () => {
    const child = `import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', 'setTimeout(() => {}, 3000)'], { stdio: ['ignore', 'inherit', 'inherit'] }).unref()
setTimeout(() => {}, 60_000)`
    expect((await commandOf(child, { timeout: '1' }).probe(login)).kind).toBe('unknown')
  })

  it('too late, and then nothing holds this process back', async () => {
    const system = JSON.stringify(join(import.meta.dirname, '../../../src/adapters/credentials/command.ts'))
    const holder =
      "spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9000)'], { stdio: ['ignore', 'inherit', 'inherit'] })"
    const argv = [
      process.execPath,
      '-e',
      `const { spawn } = require('node:child_process'); ${holder}; setTimeout(() => {}, 9000)`,
    ]
    const target = {
      driver: 'command',
      host: '',
      port: null,
      database: null,
      options: { argv: JSON.stringify(argv), timeout: '1' },
    }
    const script = `import { open } from ${system}
const probe = await open(${JSON.stringify(target)}).probe({ user: '', password: { reveal: () => '' } })
process.stdout.write(probe.kind)`
    const started = Date.now()
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(said).toBe('unknown')
    expect(Date.now() - started).toBeLessThan(7000)
  })

  it('from no program at all', async () => {
    const system = commandOf('', { argv: JSON.stringify([join(folder, 'absent')]) })
    expect(await system.probe(login)).toEqual({
      kind: 'unknown',
      why: 'the command did not answer: the program was not found',
    })
  })
})

describe('what of a secret gets out', () => {
  it('is nothing in the words of a command, in whatever form, nor what it says on standard error', async () => {
    const leak = `const { password, admin, fresh } = request.secrets
process.stderr.write(input)
const form = (it) => [it, Buffer.from(it).toString('base64'), Buffer.from(it).toString('hex'), encodeURIComponent(it)].join(' ')
answer({ outcome: 'error', why: form(password ?? fresh ?? admin) + ' ' + form(admin ?? '') + '\\u001b[31m\\n::error::forged' })`
    const probe = await commandOf(leak).probe(login)
    const thrown = await commandOf(leak)
      .carryOut(replace, admin)
      .catch((error: unknown) => error)
    const [against] = await commandOf(leak).preflight([replace], admin)
    const words = [JSON.stringify(probe), String((thrown as Error).message), String(against)]
    for (const text of words) {
      expect(text).not.toMatch(/secret-\d|bG9naW4t|YWRtaW4t|ZnJlc2gt|2d736563/)
      expect(text).not.toMatch(/[\u001b\n]/)
      expect(text).toContain('***')
    }
  })

  it('is nothing in arguments or variables', async () => {
    const body = `const all = JSON.stringify([process.argv, process.env])
answer({ outcome: all.includes('secret-') || process.env.HIDDEN !== undefined || process.env.SHOWN !== 'yes' ? 'no' : 'yes' })`
    process.env.HIDDEN = 'job-secret'
    process.env.SHOWN = 'yes'
    expect(await commandOf(body, { env: 'SHOWN, ABSENT' }).probe(login)).toEqual({ kind: 'yes' })
    delete process.env.HIDDEN
    delete process.env.SHOWN
  })

  it('is no chance for a shell', async () => {
    const path = join(folder, 'pwned')
    const argv = JSON.stringify([process.execPath, '-e', '0', `; touch ${path}`, `$(touch ${path})`])
    await commandOf('', { argv }).probe(login)
    expect(existsSync(path)).toBe(false)
  })
})

it.each([
  ['argv', ''],
  ['argv', './rotate'],
  ['argv', '[]'],
  ['argv', '[""]'],
  ['argv', '["a", 1]'],
  ['argv', '["a\\u0000"]'],
  ['timeout', '0'],
  ['timeout', '601'],
  ['timeout', 'soon'],
  ['env', 'A B'],
  ['env', 'A,,B'],
])('the option %s cannot be %j', (name, value) => {
  expect(() => commandOf('', { [name]: value })).toThrow(expect.objectContaining({ code: 'policy-invalid' }))
})
