import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../support/git-repository.ts'
import { CHILD_PROGRAM, runInChild, type Task } from './child.ts'

const posix = process.platform !== 'win32'

const OLD = 'old'.repeat(1000)
const NEW = 'new'.repeat(2000)

describe('a process that is killed while it writes', () => {
  it.each([
    ['old', 'before its mode is set', { at: 'chmod', what: 'kill' }],
    ['old', 'halfway through the bytes', { at: 'writeFile', what: 'kill' }],
    ['old', 'before the bytes are on the disk', { at: 'sync', what: 'kill' }],
    ['old', 'before it has its name', { at: 'rename', what: 'kill' }],
    ['new', 'before its folder is on the disk', { at: 'sync', count: 2, what: 'kill' }],
  ] as const)('leaves the whole of the %s content: %s', (which, _, fault) => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, OLD)
    expect(runInChild({ call: 'write', path, content: NEW, fault }).signal).toBe('SIGKILL')
    expect(readFileSync(path, 'utf8')).toBe(which === 'old' ? OLD : NEW)
  })

  it.each([
    ['nothing', 'halfway through the bytes', { at: 'writeFile', what: 'kill' }],
    ['nothing', 'before the bytes are on the disk', { at: 'sync', what: 'kill' }],
    ['nothing', 'before it has its name', { at: 'link', what: 'kill' }],
    ['the whole', 'before its other name is gone', { at: 'unlink', what: 'kill' }],
    ['the whole', 'before its folder is on the disk', { at: 'sync', count: 2, what: 'kill' }],
  ] as const)('leaves %s of a file that was not to be there: %s', (what, _, fault) => {
    const path = join(temporaryFolder(), 'a')
    expect(runInChild({ call: 'write', path, content: NEW, how: { exists: 'refuse' }, fault }).signal).toBe('SIGKILL')
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(what === 'nothing' ? null : NEW)
  })
})

describe('a system that refuses', () => {
  it.each([
    ['a full disk', { at: 'writeFile', what: 'ENOSPC' }],
    ['a broken disk', { at: 'sync', what: 'EIO' }],
    ['a file system that turned read-only', { at: 'rename', what: 'EROFS' }],
  ] as const)('%s is an error with its code, the old content and no rest', (_, fault) => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, 'old')
    const { error } = runInChild({ call: 'write', path, content: 'new', fault })
    expect(error).toEqual({ code: 'io', message: `cannot be written (${fault.what})` })
    expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..'))]).toEqual(['old', ['a']])
  })

  it.runIf(posix)('a real limit on the size of files is such an error too', () => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, 'old')
    const task: Task = { call: 'write', path, content: 'x'.repeat(100_000) }
    const script = 'ulimit -f 8 && exec "$0" "$@"'
    const { stdout } = spawnSync('sh', ['-c', script, process.execPath, CHILD_PROGRAM, JSON.stringify(task)])
    expect(JSON.parse(stdout.toString())).toEqual({ code: 'io', message: 'cannot be written (EFBIG)' })
    expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..'))]).toEqual(['old', ['a']])
  })

  it.runIf(posix)('a folder that may not be written is such an error too', () => {
    const folder = temporaryFolder()
    chmodSync(join(folder, '..'), 0o755)
    chmodSync(folder, 0o555)
    const { error } = runInChild({ call: 'write', path: join(folder, 'a'), content: 'new', ordinaryUser: true })
    expect(error).toEqual({ code: 'io', message: 'cannot be written (EACCES)' })
  })

  it.runIf(posix)('one that cannot sync a folder is no reason to fail: the file is written', () => {
    const path = join(temporaryFolder(), 'a')
    const { error } = runInChild({ call: 'write', path, content: 'new', fault: { at: 'sync', count: 2, what: 'EIO' } })
    expect([error, readFileSync(path, 'utf8')]).toEqual([null, 'new'])
  })
})
