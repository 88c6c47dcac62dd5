import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openChildren } from '../../../src/adapters/process/children.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

const posix = process.platform !== 'win32'
const children = openChildren(process.env)

/** Runs a Node that writes down how it was called. */
async function record(args: readonly string[], variables: Record<string, string>, environment = process.env) {
  const path = join(temporaryFolder(), 'seen.json')
  const script = `require('node:fs').writeFileSync(process.argv[1], JSON.stringify([process.argv.slice(2), process.env]))`
  expect(await openChildren(environment).run([process.execPath, '-e', script, path, ...args], variables)).toBe(0)
  return JSON.parse(readFileSync(path, 'utf8')) as [string[], Record<string, string>]
}

describe('a command', () => {
  it('gets its arguments as they are: no shell reads them', async () => {
    const args = ['$(id)', '`id`', '$HOME', '*', '; exit 7', 'a b', '"', "'", '', '\n', '--', '~', '日本']
    expect((await record(args, {}))[0]).toEqual(args)
  })

  it('gets its variables as they are, over those of the environment, which is otherwise handed on', async () => {
    const variables = { A: 'mine', B: '$(id)\n"\'\\', C: '' }
    const [, seen] = await record([], variables, { ...process.env, A: 'theirs', KEPT: 'kept' })
    expect([seen.A, seen.B, seen.C, seen.KEPT]).toEqual(['mine', variables.B, '', 'kept'])
    expect([process.env.B, process.env.C]).toEqual([undefined, undefined])
  })

  it.runIf(posix).each([0, 1, 7, 255])('ends with its own status %i', async (status) => {
    expect(await children.run(['sh', '-c', `exit ${status}`], {})).toBe(status)
  })

  it.runIf(posix).each([
    ['TERM', 143],
    ['KILL', 137],
    ['SEGV', 139],
  ])('ended by SIG%s ends with 128 and the number of the signal', async (signal, status) => {
    expect(await children.run(['sh', '-c', `kill -${signal} $$`], {})).toBe(status)
  })

  it('that is nowhere ends with 127', async () => {
    expect(await children.run(['no-such-program'], {})).toBe(127)
    expect(await children.run([join(temporaryFolder(), 'no-such-program')], {})).toBe(127)
  })

  it.runIf(posix)('that is there and cannot be executed ends with 126', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '', { mode: 0o644 })
    for (const path of ['file', 'file/below', '.']) expect(await children.run([join(folder, path)], {})).toBe(126)
  })

  it.runIf(posix)('whose interpreter is missing ends with 127', async () => {
    const path = join(temporaryFolder(), 'script')
    writeFileSync(path, '#!/no/such/interpreter\n')
    chmodSync(path, 0o755)
    expect(await children.run([path], {})).toBe(127)
  })

  it.runIf(posix)('is refused by a code when its variables are more than the system takes', async () => {
    expect((await refusal(() => children.run(['true'], { BIG: 'x'.repeat(4 * 1024 * 1024) }))).code).toBe('limit')
  })

  it('leaves no listener behind, started or not', async () => {
    const count = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')
    const before = count()
    for (const program of [process.execPath, 'no-such-program']) await children.run([program, '--version'], {})
    expect(count()).toBe(before)
  })
})
