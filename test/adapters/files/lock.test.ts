import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { holdLock } from '../../../src/adapters/files/lock.ts'
import { inCI } from '../../peers.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { newMember, open, refusal, seal } from '../../support/sealing.ts'

const run = promisify(execFile)
const full = inCI || process.env.SEALWARD_FULL === '1'
const deadPid = spawnSync(process.execPath, ['--version']).pid
const lockText = (holder: object) =>
  JSON.stringify({ pid: process.pid, host: hostname(), id: '0123456789ab', ...holder })

describe('the lock of a file', () => {
  it('lets one work at a time, and is gone afterwards', async () => {
    const path = join(temporaryFolder(), 'a')
    let [working, most] = [0, 0]
    const work = async () => {
      working += 1
      most = Math.max(most, working)
      expect(existsSync(`${path}.lock`)).toBe(true)
      await sleep(5)
      working -= 1
    }
    await Promise.all(Array.from({ length: 6 }, () => holdLock(path, work)))
    expect([most, readdirSync(join(path, '..'))]).toEqual([1, []])
  })

  it('hands on what the work gives, and is gone after work that throws', async () => {
    const path = join(temporaryFolder(), 'a')
    expect(await holdLock(path, async () => 7)).toBe(7)
    await expect(holdLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('is for one file: the one beside it is free', async () => {
    const folder = temporaryFolder()
    expect(await holdLock(join(folder, 'a'), () => holdLock(join(folder, 'b'), async () => 7, 0))).toBe(7)
  })

  it('is taken over from a holder that died', async () => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(`${path}.lock`, lockText({ pid: deadPid }))
    expect(await holdLock(path, async () => 7, 0)).toBe(7)
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it.each([
    ['is alive', lockText({}), `process ${process.pid} on ${hostname()}`],
    ['is on another computer', lockText({ host: 'elsewhere', pid: deadPid }), `process ${deadPid} on elsewhere`],
    ['cannot be known', '', 'another process'],
    ['has an id that would lead out of the folder', lockText({ pid: 1, id: '../../outside' }), 'another process'],
  ])('is left to a holder that %s: `locked` after the wait, with the file to delete', async (_, text, who) => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(`${path}.lock`, text)
    const start = Date.now()
    const { code, message, file, hint } = await refusal(() => holdLock(path, async () => 7, 200))
    expect([code, message, file]).toEqual(['locked', `is being written by ${who}`, path])
    expect(hint).toContain(`delete ${path}.lock`)
    expect(Date.now() - start).toBeGreaterThanOrEqual(200)
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(text)
  })

  it('is waited for while its holder works', async () => {
    const path = join(temporaryFolder(), 'a')
    let released = false
    let first: Promise<void> | undefined
    // Two calls at once are a race that either may win: the second waits until the first has it.
    await new Promise<void>((held) => {
      first = holdLock(path, async () => {
        held()
        await sleep(150)
        released = true
      })
    })
    expect(await holdLock(path, async () => released)).toBe(true)
    await first
  })

  it('cannot be made in a folder that is missing: an error of the file itself', async () => {
    const path = join(temporaryFolder(), 'missing', 'a')
    expect(await refusal(() => holdLock(path, async () => 7))).toMatchObject({ code: 'not-found', file: path })
  })

  it('loses no update when many processes take it over from each other, dying with it in hand', async () => {
    const path = join(temporaryFolder(), 'number')
    const [processes, rounds] = full ? [16, 15] : [6, 5]
    writeFileSync(path, '0')
    const locker = join(import.meta.dirname, 'locker.ts')
    const children = Array.from({ length: processes }, () =>
      spawn(process.execPath, [locker, path, String(rounds)], { stdio: ['ignore', 'ignore', 'inherit'] }),
    )
    const ends = await Promise.all(children.map((child) => once(child, 'exit')))
    expect(ends.map(([, signal]) => signal)).toEqual(Array(processes).fill('SIGKILL'))
    expect(readFileSync(path, 'utf8')).toBe(String(processes * rounds))
  })
})

describe('two shells that set values in one file', () => {
  it('lose no update', async () => {
    const folder = temporaryFolder()
    const member = await newMember()
    const file = join(folder, '.env.encrypted')
    writeFileSync(file, await seal([{ kind: 'entry', name: 'FIRST', value: '1' }], [member]))
    const cli = resolve('dist/cli.js')
    const env = { PATH: process.env.PATH, SEALWARD_KEY: member.identity.secret.reveal() }
    const rounds = full ? 20 : 5
    const shell = async (name: string) => {
      for (let round = 0; round < rounds; round += 1)
        await run(process.execPath, [cli, 'set', '-f', file, `${name}_${round}`, `${name} ${round}`], {
          cwd: folder,
          env,
        })
    }
    await Promise.all([shell('ONE'), shell('TWO')])
    const { variables } = await open(readFileSync(file), member.identity)
    const expected = ['ONE', 'TWO'].flatMap((name) => Array.from({ length: rounds }, (_, round) => `${name}_${round}`))
    expect([...variables.keys()].sort()).toEqual(['FIRST', ...expected].sort())
    for (const name of expected) expect(variables.get(name)?.value).toBe(name.replace('_', ' '))
    expect(readdirSync(folder)).toEqual(['.env.encrypted'])
  })
})
