import { describe, expect, it } from 'vitest'
import type { HistoryCommit } from '../../../src/core/check/history/commit.ts'
import type { Entry } from '../../../src/core/ledger/entry.ts'
import { LEDGER_FILE } from '../../../src/core/ledger/ledger-file.ts'
import { judgeRepository } from '../../../src/core/ledger/repository.ts'
import { entryAfter } from './make-ledger.ts'

const FILE = '.env.encrypted'
/** The contents 1 to 9 have these ids in git, and these digests. */
const digest = (content: number) => String(content).repeat(64)
const blob = (content: number) => `blob${content}`
const digests = new Map([1, 2, 3, 4, 5, 6, 7, 8, 9].map((content) => [blob(content), digest(content)]))

/** Entries that say what became of the file, by its contents: 0 for none. */
function entriesFor(...steps: readonly (readonly [number, number])[]): Entry[] {
  return steps.map(([before, after]) => {
    const mark = { path: FILE, after: digest(after), ...(before > 0 && { before: digest(before) }) }
    return entryAfter([], { kind: 'values-changed', files: [mark] }).entry
  })
}

interface Drawn {
  readonly id: string
  readonly parents?: readonly string[]
  readonly content?: number
  readonly path?: string
  readonly ledger?: true
  readonly gone?: number
  readonly isCut?: true
}

function commitsOf(...drawn: readonly Drawn[]): HistoryCommit[] {
  return drawn.map(({ id, parents, content, path = FILE, ledger, gone, isCut = false }, at) => ({
    ...{ id, parents: parents ?? drawn.slice(Math.max(0, at - 1), at).map((one) => one.id) },
    ...{ date: new Date(at), isCut },
    changes: [
      ...(content === undefined ? [] : [{ path, id: content === 0 ? null : blob(content), isNew: false }]),
      ...(ledger ? [{ path: LEDGER_FILE, id: `ledger${at}`, isNew: false }] : []),
    ],
    gone: gone === undefined ? [] : [{ path: FILE, id: blob(gone) }],
  }))
}

function shown(
  entries: readonly Entry[],
  commits: readonly HistoryCommit[],
  { onDisk, since = null }: { readonly onDisk?: number; readonly since?: Date | null } = {},
): string[] {
  const disk = new Map(onDisk === undefined ? [] : [[FILE, digest(onDisk)]])
  const problems = judgeRepository(entries, { commits, digests, onDisk: disk, since })
  return problems.map(({ kind, level, message }) =>
    `${level} ${kind} ${/commit (\w+)|merge (\w+)/.exec(message)?.[0] ?? ''}`.trim(),
  )
}

const BEGIN: Drawn = { id: 'begin', content: 1, ledger: true }

describe('the ledger against git', () => {
  it('has nothing to say where every change has its entry', () => {
    expect(
      shown(entriesFor([1, 2], [2, 3]), commitsOf(BEGIN, { id: 'a', content: 2 }, { id: 'b', content: 3 })),
    ).toEqual([])
  })

  it('lets several entries lead to one commit', () => {
    expect(shown(entriesFor([1, 2], [2, 3], [3, 4]), commitsOf(BEGIN, { id: 'a', content: 4 }))).toEqual([])
  })

  it('names the commit that changed a file without an entry, once', () => {
    const commits = commitsOf(BEGIN, { id: 'a', content: 2 }, { id: 'b', content: 3 })
    expect(shown(entriesFor([2, 3]), commits)).toEqual(['fault unrecorded commit a'])
  })

  it('names one that put an older content back, which a member who left may read', () => {
    const commits = commitsOf(BEGIN, { id: 'a', content: 2 }, { id: 'b', content: 1 })
    expect(shown(entriesFor([1, 2]), commits)).toEqual(['fault unrecorded commit b'])
  })

  it('does not ask about what was before the ledger, and shows what a branch without it brings', () => {
    const before: Drawn[] = [
      { id: 'old', content: 8 },
      { id: 'branch', parents: ['old'], content: 9 },
      { ...BEGIN, parents: ['old'] },
    ]
    expect(shown([], commitsOf(...before))).toEqual([])
    const merge = { id: 'merge', parents: ['branch', 'begin'] }
    expect(shown([], commitsOf(...before, { ...merge, content: 1 }))).toEqual([])
    expect(shown([], commitsOf(...before, { ...merge, content: 9 }))).toEqual(['notice unrecorded merge merge'])
  })

  it('takes either side of a merge for what it is, and shows what is neither', () => {
    const sides = [
      { id: 'a', parents: ['begin'], content: 2 },
      { id: 'b', parents: ['begin'], content: 3 },
    ]
    const entries = entriesFor([1, 2], [1, 3])
    const merged = (content: number) => commitsOf(BEGIN, ...sides, { id: 'merge', parents: ['a', 'b'], content })
    expect(shown(entries, merged(3))).toEqual([])
    expect(shown(entries, merged(4))).toEqual(['notice unrecorded merge merge'])
  })

  it('takes a file that was moved for what it was', () => {
    const moved = { id: 'a', content: 1, path: 'app/.env.encrypted', gone: 1 }
    expect(shown([], commitsOf(BEGIN, moved))).toEqual([])
  })

  it('names an entry about a change that nobody can find, and not one that waits to be committed', () => {
    expect(shown(entriesFor([1, 2]), commitsOf(BEGIN))).toEqual(['fault unused'])
    expect(shown(entriesFor([1, 2], [2, 3]), commitsOf(BEGIN), { onDisk: 3 })).toEqual([])
  })

  it('does not ask who took a file away, and asks about one that is there again', () => {
    const [away, back] = [
      { id: 'a', content: 0 },
      { id: 'b', content: 2 },
    ]
    expect(shown([], commitsOf(BEGIN, away))).toEqual([])
    expect(shown([], commitsOf(BEGIN, away, back))).toEqual(['fault unrecorded commit b'])
    expect(shown(entriesFor([1, 2]), commitsOf(BEGIN, away, back))).toEqual(['fault unrecorded commit b'])
    expect(shown(entriesFor([0, 2]), commitsOf(BEGIN, away, back))).toEqual([])
  })

  it('knows what a file was through commits that did not touch it', () => {
    const commits = commitsOf(BEGIN, { id: 'a' }, { id: 'b', content: 2 })
    expect(shown(entriesFor([1, 2]), commits)).toEqual([])
    expect(shown(entriesFor([3, 2]), commits)).toEqual(['fault unrecorded commit b'])
  })

  it('does not ask about commits whose entries are elsewhere, nor about those that a clone is cut at', () => {
    const commits = commitsOf(BEGIN, { id: 'a', content: 2 }, { id: 'b', content: 3 })
    expect(shown([], commits, { since: new Date(2) })).toEqual(['fault unrecorded commit b'])
    expect(shown([], commitsOf(BEGIN, { id: 'a', content: 2, isCut: true }))).toEqual([])
  })

  it('asks nothing of entries that are about no change', () => {
    const looked = entryAfter([], { kind: 'decrypted', files: [{ path: FILE }] }).entry
    const renamed = entryAfter([], { kind: 'member-renamed', member: 'robert', formerly: 'bob' }).entry
    expect(shown([looked, renamed], commitsOf(BEGIN))).toEqual([])
    const commits = commitsOf(BEGIN, { id: 'a', content: 2 })
    expect(shown([looked, renamed, ...entriesFor([1, 2])], commits)).toEqual([])
    expect(shown([looked, renamed], commits)).toEqual(['fault unrecorded commit a'])
  })

  it('does not go round in circles', () => {
    expect(shown(entriesFor([1, 2], [2, 1]), commitsOf(BEGIN, { id: 'a', content: 3 }))).toEqual([
      'fault unrecorded commit a',
    ])
  })
})
