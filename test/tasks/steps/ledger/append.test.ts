import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { followChain } from '../../../../src/core/ledger/chain.ts'
import { LEDGER_FILE, printLedger, readLedger } from '../../../../src/core/ledger/ledger-file.ts'
import { appendEntries, continueLedger } from '../../../../src/tasks/steps/ledger/append.ts'
import type { Fault } from '../../../adapters/files/faults.ts'
import { branchedLedger, ledgerOf } from '../../../core/ledger/make-ledger.ts'
import { memoryFiles } from '../../../fakes/memory-files.ts'
import { packageRoot, temporaryFolder } from '../../../support/git-repository.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const BY = { via: 'git', name: 'alice' } as const
const EVENT = { kind: 'exported', format: 'json' } as const

/** Appends one entry in a process that meets a fault, or in one that meets none. */
const PROGRAM = `
const [top, fault] = process.argv.slice(1)
if (fault !== 'none') await (await import('${packageRoot}/test/adapters/files/faults.ts')).provoke(JSON.parse(fault))
const { openFiles } = await import('${packageRoot}/src/adapters/files/files.ts')
const { appendEntries } = await import('${packageRoot}/src/tasks/steps/ledger/append.ts')
const by = { via: 'git', name: 'alice' }
await appendEntries([{ kind: 'exported', format: 'json' }],
  { files: openFiles(), clock: { now: () => new Date() }, actors: { current: async () => by }, top })
`

function append(top: string, fault?: Fault) {
  const args = ['--input-type=module', '-e', PROGRAM, top, fault === undefined ? 'none' : JSON.stringify(fault)]
  const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0 && signal === null) throw new Error(stderr)
  return signal
}

function ledgerIn(top: string) {
  const lines = readLedger(readFileSync(join(top, LEDGER_FILE)))
  return { count: lines.length, problems: followChain(lines, { archived: [], now: new Date() }).problems }
}

describe('a process that is killed while it appends', () => {
  const calls = ['open', 'writeFile', 'sync', 'rename', 'unlink'] as const
  it('leaves a ledger that is whole, with the entry or without, and that can be gone on with', () => {
    const kills = calls.flatMap((at) => [1, 2, 3, 4].map((count) => ({ at, count, what: 'kill' }) as const))
    const outcomes = kills.map((fault) => {
      const top = temporaryFolder()
      mkdirSync(join(top, '.sealward'))
      writeFileSync(join(top, LEDGER_FILE), printLedger(ledgerOf(3).lines))
      writeFileSync(join(top, '.sealward/.gitattributes'), 'there\n')
      const signal = append(top, fault)
      const { count, problems } = ledgerIn(top)
      expect([problems, count === 3 || count === 4]).toEqual([[], true])
      if (signal === null) return 'done'
      append(top)
      expect(ledgerIn(top)).toEqual({ count: count + 1, problems: [] })
      return count === 3 ? 'without' : 'with'
    })
    expect(new Set(outcomes)).toEqual(new Set(['done', 'without', 'with']))
  }, 60_000)

  it('leaves a ledger that the next one begins with, also where there was none', () => {
    for (const at of ['open', 'writeFile', 'sync', 'link', 'unlink'] as const) {
      const top = temporaryFolder()
      append(top, { at, what: 'kill' })
      append(top)
      expect(ledgerIn(top).problems).toEqual([])
      expect(readFileSync(join(top, '.sealward/.gitattributes'), 'utf8')).toBe(
        'ledger*.jsonl text eol=lf merge=union\n',
      )
    }
  }, 60_000)
})

describe('an append', () => {
  const next = (texts: readonly string[]) =>
    continueLedger(readLedger(printLedger(texts)), [EVENT], { time: NOW, by: BY })
  const problemsOf = (texts: readonly string[]) =>
    followChain(readLedger(printLedger(texts)), { archived: [], now: NOW }).problems

  it('takes out what a merge left twice, and puts in order what it left out of it', () => {
    const { lines } = ledgerOf(5)
    expect(next([...lines, lines[2]!]).lines.slice(0, 5)).toEqual(lines)
    expect(next(lines.toReversed()).lines.slice(0, 5)).toEqual(lines)
  })

  it('joins three branches with one entry, and follows that', () => {
    const { lines } = branchedLedger([0, 0, 1, 2])
    const after = next(lines)
    expect(problemsOf(after.lines)).toEqual([])
    expect(after.head).toMatchObject({ seq: 4, parents: [expect.any(String)] })
  })

  it('leaves a ledger alone that it cannot read, and says which line', async () => {
    const contents = new Map([[`/r/${LEDGER_FILE}`, Buffer.from(`${ledgerOf(1).lines[0]}\nbroken\n`)]])
    const before = contents.get(`/r/${LEDGER_FILE}`)
    const world = {
      files: memoryFiles(contents),
      clock: { now: () => NOW },
      actors: { current: async () => BY },
      top: '/r',
    }
    await expect(appendEntries([EVENT], world)).rejects.toMatchObject({
      code: 'malformed',
      message: 'line 2 of the ledger is no entry, so that nothing can follow it',
    })
    expect(contents.get(`/r/${LEDGER_FILE}`)).toBe(before)
  })

  it('says that 64 MiB are the end, and what to do', async () => {
    const contents = new Map([[`/r/${LEDGER_FILE}`, Buffer.alloc(64 * 1024 * 1024 + 1)]])
    const world = {
      files: memoryFiles(contents),
      clock: { now: () => NOW },
      actors: { current: async () => BY },
      top: '/r',
    }
    await expect(appendEntries([EVENT], world)).rejects.toMatchObject({ code: 'limit' })
  })
})
