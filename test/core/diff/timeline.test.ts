import { expect, it } from 'vitest'
import type { HistoryCommit } from '../../../src/core/check/history/commit.ts'
import { readVersion } from '../../../src/core/check/history/version.ts'
import { originKey } from '../../../src/core/check/secrets/value-age.ts'
import { timelineOf } from '../../../src/core/diff/timeline.ts'
import { bytesOf } from '../../support/sealing.ts'

const FILE = '.env'
/** What git holds while somebody settles a conflict: no .env. */
const UNREADABLE = '<<<<<<< ours\n'

interface Drawn {
  readonly id: string
  /** The commit before it, where they are left out. */
  readonly parents?: readonly string[]
  /** What it made of each path, null for one that it took away. */
  readonly files: Readonly<Record<string, string | null>>
  /** The old name of the one new file. */
  readonly from?: string
}

/** What became of A, a line a change. A content is its own id. */
function told(path: string, drawn: readonly Drawn[]): string[] {
  const commits = drawn.map(({ id, parents, files, from }, at): HistoryCommit => {
    const before = drawn.slice(Math.max(0, at - 1), at).map((one) => one.id)
    const changes = Object.entries(files).map(([name, text]) => ({
      ...{ path: name, id: text },
      isNew: text !== null && (from !== undefined || !drawn.slice(0, at).some((one) => name in one.files)),
    }))
    return { id, parents: parents ?? before, date: new Date(at), isCut: false, changes, gone: [] }
  })
  const texts = drawn.flatMap(({ files }) => Object.values(files)).filter((text) => text !== null)
  const versions = new Map(
    texts.flatMap((text) => {
      const read = readVersion(bytesOf(text))
      return read === null ? [] : [[text, read.version] as const]
    }),
  )
  const origins = new Map(
    drawn.flatMap(({ id, files, from }) =>
      Object.keys(files).flatMap((name) => (from && files[name] !== null ? [[originKey(id, name), from]] : [])),
    ) as [string, string][],
  )
  return timelineOf('A', path, { commits, versions, origins }).map(({ commit, date, path: at, change }) => {
    expect(date).toEqual(commits.find(({ id }) => id === commit)!.date)
    return `${commit} ${at} ${change.kind} ${change.before?.value ?? '-'} ${change.after?.value ?? '-'}`
  })
}

it.each<[string, readonly Drawn[], readonly string[]]>([
  ['nothing of a variable that never was there', [{ id: 'a', files: { [FILE]: 'B=1\n' } }], []],
  ['nothing of another file', [{ id: 'a', files: { other: 'A=1\n' } }], []],
  [
    'each change of its value, and none of its neighbours',
    [
      { id: 'a', files: { [FILE]: 'A=1\n' } },
      { id: 'b', files: { [FILE]: 'A=1\nB=1\n' } },
      { id: 'c', files: { [FILE]: 'A=2\nB=1\n' } },
      { id: 'd', files: { [FILE]: 'B=1\n' } },
    ],
    [`a ${FILE} added - 1`, `c ${FILE} changed 1 2`, `d ${FILE} removed 2 -`],
  ],
  [
    'a file that went and came back',
    [
      { id: 'a', files: { [FILE]: 'A=1\n' } },
      { id: 'b', files: { [FILE]: null, other: 'X=1\n' } },
      { id: 'c', files: { [FILE]: 'A=1\n' } },
    ],
    [`a ${FILE} added - 1`, `b ${FILE} removed 1 -`, `c ${FILE} added - 1`],
  ],
  [
    'what lies on both sides of a version that nobody can read',
    [
      { id: 'a', files: { [FILE]: 'A=1\n' } },
      { id: 'b', files: { [FILE]: UNREADABLE } },
      { id: 'c', files: { [FILE]: 'A=2\n' } },
    ],
    [`a ${FILE} added - 1`, `c ${FILE} changed 1 2`],
  ],
  [
    'what a clone begins with, when the commits before are not in it',
    [{ id: 'a', parents: ['cut'], files: { [FILE]: 'A=1\n' } }],
    [`a ${FILE} added - 1`],
  ],
])('tells %s', (_, drawn, lines) => {
  expect(told(FILE, drawn)).toEqual(lines)
})

it.each<[string, string, readonly string[]]>([
  ['nothing of a merge that took one of its sides', 'A=3\n', []],
  ['a merge that has what none of its parents had', 'A=4\n', [`m ${FILE} changed 2 4`]],
])('tells %s', (_, merged, lines) => {
  const drawn = [
    { id: 'a', files: { [FILE]: 'A=1\n' } },
    { id: 'b', parents: ['a'], files: { [FILE]: 'A=2\n' } },
    { id: 'c', parents: ['a'], files: { [FILE]: 'A=3\n' } },
    { id: 'm', parents: ['b', 'c'], files: { [FILE]: merged } },
  ]
  expect(told(FILE, drawn)).toEqual([`a ${FILE} added - 1`, `b ${FILE} changed 1 2`, `c ${FILE} changed 1 3`, ...lines])
})

it.each<[string, string, readonly string[]]>([
  ['without a word about the move', 'A=1\n', []],
  ['with a value that changed in the move', 'A=2\n', ['b new changed 1 2']],
])('goes on under the old name of a file %s', (_, text, lines) => {
  const drawn = [
    { id: 'a', files: { old: 'A=1\n' } },
    { id: 'b', files: { old: null, new: text }, from: 'old' },
    { id: 'c', files: { new: 'A=3\n' } },
  ]
  expect(told('new', drawn)).toEqual(['a old added - 1', ...lines, `c new changed ${text.slice(2, 3)} 3`])
})

it('knows a file that was moved to where another one had been', () => {
  const drawn = [
    { id: 'a', files: { old: 'A=1\n', new: 'A=9\n' } },
    { id: 'b', files: { new: null } },
    { id: 'c', files: { old: null, new: 'A=1\n' }, from: 'old' },
  ]
  expect(told('new', drawn)).toEqual(['a old added - 1', 'a new added - 9', 'b new removed 9 -'])
})
