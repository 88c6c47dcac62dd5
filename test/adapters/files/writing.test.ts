import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openFiles } from '../../../src/adapters/files/files.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'
import { CHILD_PROGRAM, type Outcome, runInChild, type Task } from './child.ts'

const posix = process.platform !== 'win32'
const files = openFiles()
const bytes = (text: string) => Buffer.from(text)
const modeOf = (path: string) => statSync(path).mode & 0o777

describe('writing a file', () => {
  it('makes it, and replaces it', async () => {
    const path = join(temporaryFolder(), '.env')
    for (const content of ['first', '', 'second'.repeat(100_000)]) {
      await files.write(path, bytes(content), {})
      expect(readFileSync(path, 'utf8')).toBe(content)
    }
    expect(readdirSync(join(path, '..'))).toEqual(['.env'])
  })

  it('never shows a reader a part of it', async () => {
    const path = join(temporaryFolder(), 'a')
    const contents = ['a', 'b'].map((letter) => letter.repeat(300_000))
    await files.write(path, bytes(contents[0]!), {})
    let writing = true
    const writer = (async () => {
      for (let round = 0; round < 60; round += 1) await files.write(path, bytes(contents[round % 2]!), {})
      writing = false
    })()
    let reads = 0
    for (; writing; reads += 1) {
      expect(contents).toContain(Buffer.from((await files.read(path, 300_000))!).toString())
      await setImmediate() // a read of a regular file is over before it is waited for
    }
    await writer
    expect(reads).toBeGreaterThan(10)
  })

  it('refuses a missing folder, by a code', async () => {
    const path = join(temporaryFolder(), 'missing', 'a')
    expect(await refusal(() => files.write(path, bytes('x'), {}))).toMatchObject({ code: 'not-found', file: path })
  })

  it('replaces the name and not the file: another link keeps what it had', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a'), 'old')
    linkSync(join(folder, 'a'), join(folder, 'b'))
    await files.write(join(folder, 'a'), bytes('new'), {})
    expect([readFileSync(join(folder, 'a'), 'utf8'), readFileSync(join(folder, 'b'), 'utf8')]).toEqual(['new', 'old'])
  })
})

describe.runIf(posix)('the mode of a written file', () => {
  it.each([
    ['is 0600 when that was asked for, new', { mode: 0o600 }, null, 0o000, 0o600],
    ['is 0600 when that was asked for, over a wider one', { mode: 0o600 }, 0o644, 0o022, 0o600],
    ['is kept, the group bits that the umask would take included', {}, 0o664, 0o022, 0o664],
    ['is kept when it is narrow', {}, 0o600, 0o000, 0o600],
    ['is what the umask leaves of 0644 for a new file', {}, null, 0o027, 0o640],
    ['is never executable for a new file', {}, null, 0o000, 0o644],
  ])('%s', (_, how, before, umask, expected) => {
    const path = join(temporaryFolder(), 'a')
    if (before !== null) {
      writeFileSync(path, 'old')
      chmodSync(path, before)
    }
    expect(runInChild({ call: 'write', path, content: 'new', how, umask }).error).toBeNull()
    expect([modeOf(path).toString(8), readFileSync(path, 'utf8')]).toEqual([expected.toString(8), 'new'])
  })
})

describe.runIf(posix)('writing over what is no regular file', () => {
  it.each(['refuse', 'replace'] as const)('is refused for a link, wherever it leads (%s)', async (exists) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'target'), 'old')
    for (const target of ['target', 'missing']) {
      const path = join(folder, `to-${target}`)
      symlinkSync(target, path)
      expect(await refusal(() => files.write(path, bytes('new'), { exists }))).toMatchObject({ code: 'io', file: path })
      expect(lstatSync(path).isSymbolicLink()).toBe(true)
    }
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('old')
    expect(readdirSync(folder).sort()).toEqual(['target', 'to-missing', 'to-target'])
  })

  it('is refused for a pipe and a folder, which stay', async () => {
    const folder = temporaryFolder()
    execFileSync('mkfifo', [join(folder, 'pipe')])
    mkdirSync(join(folder, 'folder'))
    for (const name of ['pipe', 'folder'])
      expect((await refusal(() => files.write(join(folder, name), bytes('x'), { exists: 'replace' }))).code).toBe('io')
    expect([lstatSync(join(folder, 'pipe')).isFIFO(), readdirSync(folder).sort()]).toEqual([true, ['folder', 'pipe']])
  })
})

describe('writing with exists: refuse', () => {
  it('leaves what is there, and says so by its code', async () => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, 'old')
    const { code, file, hint } = await refusal(() => files.write(path, bytes('new'), { exists: 'refuse' }))
    expect([code, file, readFileSync(path, 'utf8')]).toEqual(['exists', path, 'old'])
    expect(hint).toContain('--force')
    expect(readdirSync(join(path, '..'))).toEqual(['a'])
  })

  it.each([
    ['links', undefined],
    ['no links', { at: 'link', what: 'EPERM' } as const],
  ])('lets one of several processes win, on a file system with %s', async (_, fault) => {
    const path = join(temporaryFolder(), 'a')
    const startAt = Date.now() + 500
    const how = { exists: 'refuse' } as const
    const contents = ['1', '2', '3', '4'].map((digit) => digit.repeat(50_000))
    const outcomes = await Promise.all(
      contents.map((content) =>
        start({ call: 'write', path, content, how, startAt, ...(fault === undefined ? {} : { fault }) }),
      ),
    )
    const winners = contents.filter((_, index) => outcomes[index] === null)
    expect(outcomes.filter((error) => error !== null).map(({ code }) => code)).toEqual(['exists', 'exists', 'exists'])
    expect([readFileSync(path, 'utf8')]).toEqual(winners)
    expect(readdirSync(join(path, '..'))).toEqual(['a'])
  })
})

/** Starts a child and does not wait for others to end, so that they run at the same time. */
function start(task: Task): Promise<Outcome['error']> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD_PROGRAM, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.on('close', (status) => (status === 0 ? resolve(JSON.parse(text)) : reject(new Error(`status ${status}`))))
  })
}
