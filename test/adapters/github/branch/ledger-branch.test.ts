import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedgerBranch } from '../../../../src/adapters/github/branch/ledger-branch.ts'
import { openClient } from '../../../../src/adapters/github/client/client.ts'
import { followChain } from '../../../../src/core/ledger/chain.ts'
import { isEntry } from '../../../../src/core/ledger/entry.ts'
import { LEDGER_FILE, readLedger } from '../../../../src/core/ledger/ledger-file.ts'
import { tellLedger } from '../../../../src/tasks/job/tell-ledger.ts'
import { FakeGitData } from '../../../fakes/github/git-data.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'

const BRANCH = 'sealward/ledger'
const ATTRIBUTES = '.sealward/.gitattributes'

let github: FakeGitData
beforeEach(async () => {
  github = await new FakeGitData().listen()
})
afterEach(() => github.close())

/** A run writes down that it decrypted a file. */
function told(path: string) {
  const { configs, clock } = memoryWorld({})
  const client = openClient({
    ...{ token: 'token', apiUrl: github.url, version: '1', env: {} },
    pace: { second: 1, gaps: false },
  })
  const attributes = { path: ATTRIBUTES, text: 'x\n' }
  const branch = () => openLedgerBranch(client, 'acme/app', { branch: BRANCH, attributes, title: 'T', body: 'B' })
  const actors = { current: async () => ({ via: 'github' as const, name: 'octocat', run: 'acme/app/runs/7' }) }
  const webhooks = { post: async () => 500 }
  const event = { kind: 'decrypted' as const, files: [{ path }], count: 2 }
  const world = { ...{ configs, clock, actors, branch, webhooks }, variables: {} }
  return tellLedger({ way: 'pull-request', event, id: 'msg_1' }, world)
}

function entriesOn(branch: string) {
  const lines = readLedger(Buffer.from(github.file(branch, LEDGER_FILE) ?? ''))
  const { entries, problems } = followChain(lines, { archived: [], now: new Date('2027-01-01') })
  expect(lines.every(({ read }) => isEntry(read))).toBe(true)
  return { files: entries.map(({ event }) => event.files?.[0]?.path ?? event.kind), problems }
}

describe('a ledger that is written by pull request', () => {
  it('begins on a branch of its own, and goes on there until the one pull request is merged', async () => {
    const where = 'https://github.com/acme/app/pull/1'
    expect(await told('a')).toEqual({ kind: 'told', where })
    expect(await told('b')).toEqual({ kind: 'told', where })
    expect(entriesOn(BRANCH)).toEqual({ files: ['a', 'b'], problems: [] })
    expect([github.pulls.length, github.file(BRANCH, ATTRIBUTES), github.file('main', LEDGER_FILE)]).toEqual([
      1,
      'x\n',
      undefined,
    ])
  })

  it('takes in what the default branch has meanwhile, so that the pull request has no conflict', async () => {
    await told('a')
    github.push('main', { [LEDGER_FILE]: github.file(BRANCH, LEDGER_FILE)!, other: '1' })
    const merged = github.push('main', { other: '2' })
    await told('b')
    expect(entriesOn(BRANCH)).toEqual({ files: ['a', 'b'], problems: [] })
    expect(github.reach(github.branches.get(BRANCH)!).has(merged)).toBe(true)
    expect(github.file(BRANCH, 'other')).toBe('2')
  })

  it('joins branches of the ledger, and opens another pull request behind one that was closed', async () => {
    await told('a')
    const [own] = [github.branches.get(BRANCH)!]
    github.branches.delete(BRANCH)
    await told('on main')
    github.push('main', { [LEDGER_FILE]: github.file(BRANCH, LEDGER_FILE)! })
    github.branches.set(BRANCH, own)
    for (const pull of github.pulls) pull.state = 'closed'
    expect(await told('b')).toEqual({ kind: 'told', where: 'https://github.com/acme/app/pull/2' })
    const { files, problems } = entriesOn(BRANCH)
    expect([files.toSorted(), problems.map(({ kind }) => kind)]).toEqual([
      ['a', 'b', 'merged', 'on main'],
      ['beginnings'],
    ])
  })

  it('is written again where another run was quicker, and no entry is lost', async () => {
    await told('a')
    github.beforeMoving = () => {
      const before = github.file(BRANCH, LEDGER_FILE)!
      github.push(BRANCH, { [LEDGER_FILE]: before, quicker: '1' })
    }
    await told('b')
    expect(entriesOn(BRANCH).files).toEqual(['a', 'b'])
    expect(github.file(BRANCH, 'quicker')).toBe('1')
  })

  it('is read whole where GitHub leaves out the content of a large file', async () => {
    await told('a')
    github.most = 10
    await told('b')
    expect(entriesOn(BRANCH)).toEqual({ files: ['a', 'b'], problems: [] })
  })

  it('is left alone where it has a line that is no entry', async () => {
    github.push('main', { [LEDGER_FILE]: '<<<<<<< HEAD\n' })
    expect(await told('a')).toMatchObject({ kind: 'not-told', why: expect.stringContaining('audit verify') })
    expect(github.branches.has(BRANCH)).toBe(false)
  })
})
