import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  cleanEnv,
  type GitRepository,
  makeRepository,
  packageRoot,
  temporaryFolder,
} from '../support/git-repository.ts'

/** A system whose logins are a file: user to passwords. Its preflight waits while there is a file `.wait` beside it. */
const SYSTEM = `import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
const [file] = process.argv.slice(2)
const { op, user, admin, secrets } = JSON.parse(readFileSync(0, 'utf8'))
const users = JSON.parse(readFileSync(file, 'utf8'))
const says = (it) => process.stdout.write(JSON.stringify({ sealward: 1, ...it }))
const save = (passwords) => writeFileSync(file, JSON.stringify({ ...users, [user]: passwords }))
const passwords = { replace: [secrets.fresh], add: [secrets.fresh, secrets.current], retire: [secrets.keep] }[op]
if (op === 'probe') says({ outcome: users[user]?.includes(secrets.password) ? 'yes' : 'no' })
else if (op === 'preflight') {
  if (existsSync(file + '.wait')) renameSync(file + '.wait', file + '.waits')
  while (existsSync(file + '.waits')) await new Promise((go) => setTimeout(go, 20))
  says({ outcome: 'done' })
}
else if (!users[admin]?.includes(secrets.admin)) says({ outcome: 'error', code: 'permission', why: 'no such login' })
else { save(passwords); says({ outcome: 'done' }) }
`
const NAME = 'billing-key'
const RECORD = `.sealward/rotations/${NAME}.rotation`

let repository: GitRepository
let folder: string
beforeEach(() => {
  ;[repository, folder] = [makeRepository(), temporaryFolder('outside')]
  const remote = join(folder, 'remote.git')
  repository.git('init', '--quiet', '--bare', '--initial-branch', 'main', remote)
  repository.git('branch', '-M', 'main')
  repository.git('remote', 'add', 'origin', remote)
  writeFileSync(join(folder, 'system.mjs'), SYSTEM)
  writeFileSync(join(folder, 'users.json'), JSON.stringify({ app: ['first'] }))
  sealward('keygen', '-o', join(folder, 'key.txt'))
  policy('grace: 12h')
  repository.write('.env', 'API_KEY=first\nAPI_USER=app\n')
  sealward('encrypt', '.env')
  rmSync(join(repository.path, '.env'))
  repository.git('add', 'sealward.yml', '.env.encrypted')
  repository.git('commit', '--quiet', '-m', 'begin')
  repository.git('push', '--quiet', 'origin', 'main')
})

function policy(more: string, strategy = 'dual'): void {
  const recipient = /age1\w+/.exec(readFileSync(join(folder, 'key.txt'), 'utf8'))![0]
  const argv = JSON.stringify([process.execPath, join(folder, 'system.mjs'), join(folder, 'users.json')])
  repository.write(
    'sealward.yml',
    [
      `recipients: { me: ${recipient} }`,
      'secrets: [{ name: API_KEY, rotate-every: 90d }]',
      'rotation:',
      '  breaker: 1',
      '  delivery: { mode: commit }',
      '  credentials:',
      `    - { name: ${NAME}, path: .env.encrypted, user: API_USER, password: API_KEY, driver: command, strategy: ${strategy}, ${more}, options: { argv: ${argv} } }`,
      '',
    ].join('\n'),
  )
}

const CLI = join(packageRoot, 'dist', 'cli.js')
const optionsOf = () => ({
  cwd: repository.path,
  env: { ...cleanEnv, HOME: folder, SEALWARD_KEY_FILE: join(folder, 'key.txt') },
})

function sealward(...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { ...optionsOf(), encoding: 'utf8' })
}
const rotate = (...args: readonly string[]) => sealward('rotate', 'secret', ...args)
const users = () => JSON.parse(readFileSync(join(folder, 'users.json'), 'utf8')) as { app: string[] }
const inFile = () => {
  repository.git('pull', '--quiet', '--rebase', '--autostash', 'origin', 'main')
  return sealward('get', 'API_KEY').stdout.trim()
}

describe('sealward rotate secret', () => {
  it('rotates over two runs, and every run says where it stands and no secret', () => {
    const plan = rotate(NAME, '--dry-run')
    expect(plan).toMatchObject({ status: 0 })
    expect(plan.stdout).toMatch(/^billing-key: would be rotated with the strategy dual \(command\)\n {2}planned /)
    expect(users()).toEqual({ app: ['first'] })

    const begun = rotate(NAME, '--reason', 'quarterly')
    expect(begun).toMatchObject({ status: 0 })
    expect(begun.stdout).toMatch(/^billing-key: the new login is in use; the old one works until \d{4}-/)
    const fresh = inFile()
    expect(users().app).toEqual([fresh, 'first'])
    expect(sealward('rotate', 'status').stdout).toMatch(
      /^credential {2}billing-key\nfile {8}\.env\.encrypted\nphase {7}grace\n/,
    )
    expect(JSON.parse(sealward('rotate', 'status', '--json').stdout)).toMatchObject({
      ...{ version: 1, key: null },
      credentials: [{ name: NAME, phase: 'grace', strategy: 'dual', failures: 0 }],
    })
    expect(repository.git('log', '--format=%s')).toBe(
      ['grace', 'promoted', 'tested', 'pending-committed'].map((phase) => `Rotate ${NAME}: ${phase}\n`).join('') +
        'begin\n',
    )

    const ended = rotate(NAME, '--emergency', '--json')
    expect(ended).toMatchObject({ status: 0 })
    expect(JSON.parse(ended.stdout)).toEqual({
      version: 1,
      credentials: [{ name: NAME, kind: 'rotated', request: null }],
    })
    expect(users().app).toEqual([fresh])
    expect(inFile()).toBe(fresh)
    expect(sealward('verify')).toMatchObject({ status: 0 })
    for (const { stdout, stderr } of [plan, begun, ended])
      for (const secret of ['first', fresh]) expect(stdout + stderr).not.toContain(secret)
    expect(repository.git('log', '-p', '--format=%B')).not.toContain(fresh)
  })

  it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'ends at %s before the system is changed, gives its lock back, and the next run goes on',
    async (signal) => {
      const [wait, waits] = ['wait', 'waits'].map((ending) => join(folder, `users.json.${ending}`))
      writeFileSync(wait!, '')
      const child = spawn(process.execPath, [CLI, 'rotate', 'secret', NAME], { ...optionsOf(), stdio: 'ignore' })
      onTestFinished(() => void child.kill('SIGKILL'))
      while (!existsSync(waits!)) await sleep(20)
      expect(repository.git('ls-remote', 'origin', 'refs/sealward/lock/*')).not.toBe('')
      child.kill(signal)
      rmSync(waits!)
      expect(await once(child, 'exit')).toEqual([2, null])
      expect(users()).toEqual({ app: ['first'] })
      expect(repository.git('ls-remote', 'origin', 'refs/sealward/lock/*')).toBe('')
      expect(rotate(NAME)).toMatchObject({ status: 0 })
      expect(users().app).toEqual([inFile(), 'first'])
    },
  )

  /** A remote that takes its time over one push: `slow` is a condition of sh, and `$ref` what is pushed. */
  function slowPush(slow: string): { readonly begun: string } {
    const begun = join(folder, 'push-begun')
    const hook = join(folder, 'remote.git', 'hooks', 'pre-receive')
    const script = `#!/bin/sh\nread old new ref\nif [ ! -e '${begun}' ] && ${slow}; then : > '${begun}'; sleep 1; fi\nexit 0\n`
    writeFileSync(hook, script, { mode: 0o755 })
    return { begun }
  }

  it.runIf(process.platform !== 'win32').each([
    ['the lock is pushed', 'dual', 'case $ref in refs/sealward/*) true ;; *) false ;; esac', 2],
    ['what the system was told is pushed', 'single', `! grep -q first "$USERS"`, 0],
  ])('at a terminal Ctrl-C ends git too: while %s, with %s', async (_, strategy, slow, status) => {
    policy('generate: { length: 24 }', strategy)
    repository.git('commit', '--quiet', '--allow-empty', '-am', 'policy')
    repository.git('push', '--quiet', 'origin', 'main')
    const { begun } = slowPush(slow.replace('$USERS', join(folder, 'users.json')))
    const { cwd, env } = optionsOf()
    // A group of its own, as a shell makes it for a command.
    const child = spawn(process.execPath, [CLI, 'rotate', 'secret', NAME], {
      cwd,
      env,
      stdio: 'ignore',
      detached: true,
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    while (!existsSync(begun) && child.exitCode === null) await sleep(20)
    process.kill(-child.pid!, 'SIGINT')
    expect(await once(child, 'exit')).toEqual([status, null])
    expect(repository.git('ls-remote', 'origin', 'refs/sealward/lock/*')).toBe('')
    expect(users().app).toContain(inFile())
    expect(rotate(NAME)).toMatchObject({ status: 0 })
    expect(users().app).toContain(inFile())
  })

  it('says with its status that a person is needed, and check says so too, without a key', () => {
    policy(`grace: 12h, verify: [{ command: ["${process.execPath}", "-e", "process.exit(1)"] }]`)
    const failed = rotate(NAME)
    expect(failed).toMatchObject({ status: 1 })
    expect(failed.stdout).toContain('rolled back, the old login is in use')
    expect(users()).toEqual({ app: ['first'] })
    expect(inFile()).toBe('first')
    expect(rotate(NAME).stdout).toContain('stopped, a person has to look')
    const found = sealward('check', '--format', 'text')
    expect(found.status).toBe(1)
    expect(found.stdout).toContain('rotation-stuck')
    policy('grace: 12h')
    expect(rotate(NAME, '--retry')).toMatchObject({ status: 0 })
    expect(rotate(NAME, '--rollback')).toMatchObject({ status: 0 })
    expect(users()).toEqual({ app: ['first'] })
  })

  it('takes those that are due, or under way, and no other', () => {
    expect(rotate('--only', 'due')).toMatchObject({ status: 0, stdout: '' })
    expect(users()).toEqual({ app: ['first'] })
    expect(rotate('--all')).toMatchObject({ status: 0 })
    expect(rotate('--only', 'due').stdout).toContain('the old one works until')
  })

  it('finds by the history of the file that one is due', () => {
    const date = new Date(Date.now() - 200 * 24 * 60 * 60 * 1000).toISOString()
    const env = { ...cleanEnv, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date }
    repository.tryGit(['commit', '--quiet', '--amend', '--no-edit'], { env })
    repository.git('push', '--quiet', '--force', 'origin', 'main')
    expect(rotate('--only', 'due').stdout).toContain('the new login is in use')
    expect(users().app.length).toBe(2)
  })

  it.each([
    [[], 'takes the names of credentials'],
    [['other'], 'has no credential of this name'],
    [['--all', NAME], '--all does not go with names'],
    [['--only', 'mine'], '--only takes due'],
    [['--all', '--force'], '--force takes the names of credentials'],
    [['--rollback', '--dry-run', NAME], 'do not go together'],
    [['--environment', 'production'], 'no credential is in this environment'],
    [['--finish', NAME], 'rotate secret does not take --finish'],
  ] as const)('%j is refused', (args, words) => {
    const refused = rotate(...args)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain(words)
  })

  it('leaves the working tree and the index alone', () => {
    repository.stage('note.txt', 'mine')
    repository.write('.env.encrypted.bak', 'mine')
    rotate(NAME)
    expect(repository.git('status', '--porcelain')).toBe('A  note.txt\n?? .env.encrypted.bak\n')
    expect(repository.git('show', `origin/main:${RECORD}`)).toContain('\nPHASE=grace\n')
  })
})
