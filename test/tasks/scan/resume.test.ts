import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  cleanEnv,
  type GitRepository,
  makeRepository,
  packageRoot,
  runProgram,
  temporaryFolder,
} from '../../support/git-repository.ts'

const CLI = join(packageRoot, 'dist', 'cli.js')
const COMMITS = 2000

/** A history on three branches. Every thirtieth file has something in it; some come back by another name. */
function makeHistory(): GitRepository {
  const repository = makeRepository()
  const commits = Array.from({ length: COMMITS }, (_, at) => {
    const name = at % 90 === 0 ? `.env.b${at}` : `f${at % 40}`
    const secret = at % 30 === 0 ? `password = "${randomBytes(15).toString('base64url')}"\n` : ''
    const data = at % 7 === 6 ? 'the same\n' : `${secret}${`line ${at} of a text\n`.repeat(400)}`
    return [
      `commit refs/heads/b${at % 3}\ncommitter A <a@b> ${1_000_000_000 + at} +0000\ndata 1\nm`,
      `M 100644 inline ${name}\ndata ${data.length}\n${data}`,
    ].join('\n')
  })
  repository.tryGit(['fast-import', '--quiet'], { input: commits.join('\n') })
  return repository
}

function scan({ path }: GitRepository, ...args: string[]) {
  const { status, stdout, stderr } = runProgram(
    process.execPath,
    [CLI, 'scan', '--history', '--format', 'json', ...args],
    {
      cwd: path,
    },
  )
  const { findings, looked } = JSON.parse(stdout || '{}')
  return { status, stderr, findings, count: looked?.count }
}

/** Starts a scan and kills it as soon as it has kept something. @returns the signal that ended it */
async function scanUntilKilled({ path }: GitRepository, state: string): Promise<NodeJS.Signals | null> {
  const args = [CLI, 'scan', '--history', '--resume', state]
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: path,
    env: cleanEnv as NodeJS.ProcessEnv,
    stdio: 'ignore',
  })
  const watch = setInterval(() => {
    if (existsSync(state)) child.kill('SIGKILL')
  }, 2)
  return new Promise((resolve) => {
    child.on('exit', (_, signal) => {
      clearInterval(watch)
      resolve(signal)
    })
  })
}

describe('a scan of history that was killed', () => {
  it('goes on from where it was, and finds what an uninterrupted one finds', async () => {
    const repository = makeHistory()
    const state = join(temporaryFolder(), 'state.json')
    expect(await scanUntilKilled(repository, state)).toBe('SIGKILL')
    const before = JSON.parse(readFileSync(state, 'utf8'))
    expect(statSync(state).mode & 0o777).toBe(0o600)
    const resumed = scan(repository, '--resume', state)
    expect(resumed.stderr).toMatch(/goes on from .*state\.json: \d+ versions of files were looked at before/)
    const whole = scan(repository)
    expect(whole.findings.length).toBeGreaterThan(60)
    expect([resumed.findings, resumed.count, resumed.status]).toEqual([whole.findings, whole.count, whole.status])
    expect(before.cursor).not.toBe(JSON.parse(readFileSync(state, 'utf8')).cursor)
  })
})

describe('the state of a scan', () => {
  it('holds nothing of what was found, and a second scan reads no more than what is new', () => {
    const repository = makeRepository()
    const secret = randomBytes(15).toString('base64url')
    repository.stage('a', `password = "${secret}"\n`)
    repository.git('commit', '--quiet', '-m', 'a')
    const state = join(temporaryFolder(), 'state.json')
    const first = scan(repository, '--resume', state)
    expect(first.findings).toHaveLength(1)
    expect(readFileSync(state, 'utf8')).not.toContain(secret)
    repository.stage('b', `password = "${randomBytes(15).toString('base64url')}"\n`)
    repository.git('commit', '--quiet', '-m', 'b')
    const { kind, looks, ...rest } = JSON.parse(readFileSync(state, 'utf8'))
    const nothing = looks.filter((look: { kind: string }) => look.kind === 'tally')
    writeFileSync(state, JSON.stringify({ kind, looks: nothing, ...rest }))
    expect(scan(repository, '--resume', state).findings).toMatchObject([{ file: 'b' }])
  })

  it('is of no use with other rules or a history that was rewritten, which is said', () => {
    const repository = makeRepository()
    repository.stage('a', 'text\n')
    repository.git('commit', '--quiet', '-m', 'a')
    const state = join(temporaryFolder(), 'state.json')
    scan(repository, '--resume', state)
    expect(scan(repository, '--resume', state, '--archives').stderr).toContain('the rules or the settings have changed')
    repository.git('commit', '--quiet', '--amend', '-m', 'b')
    expect(scan(repository, '--resume', state, '--archives').stderr).toContain('history was rewritten')
  })

  it('never takes the place of another file', () => {
    const repository = makeRepository()
    const file = join(temporaryFolder(), 'notes')
    for (const text of ['my notes\n', '{"kind":"other"}', '']) {
      writeFileSync(file, text)
      expect(scan(repository, '--resume', file)).toMatchObject({ status: 2 })
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
  })
})
