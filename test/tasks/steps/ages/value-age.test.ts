import { describe, expect, it } from 'vitest'
import { openFileHistory } from '../../../../src/adapters/git/history/follow.ts'
import type { Document } from '../../../../src/core/dotenv/document.ts'
import { encryptOver } from '../../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { rewrap } from '../../../../src/core/envelope/keys/rewrap.ts'
import { ageValues } from '../../../../src/tasks/steps/ages/value-age.ts'
import { fixedKeys } from '../../../fakes/fixed-keys.ts'
import {
  type GitRepository,
  inFolder,
  makeRepository,
  runProgram,
  temporaryFolder,
} from '../../../support/git-repository.ts'
import { DAY_ZERO, dayOf, importHistory, type Planned } from '../../../support/imported-history.ts'
import { type Member, newMember, open, seal } from '../../../support/sealing.ts'

const FILE = '.env.encrypted'
const [ada, ben, eve] = [await newMember(), await newMember(), await newMember()]
const NOW = dayOf(500)
const isThorough = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

type Values = Readonly<Record<string, string>>

function documentOf(values: Values): Document {
  return Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }))
}

function sealed(values: Values, ...members: readonly Member[]): Promise<Uint8Array> {
  return seal(documentOf(values), members.length === 0 ? [ada] : members)
}

/** As `edit` writes it: what did not change stays byte for byte. */
async function edited(before: Uint8Array, values: Values): Promise<Uint8Array> {
  const file = await encryptOver(await open(before, ada.identity), documentOf(values), NOW)
  return file === null ? before : printEncryptedFile(file)
}

async function rewrapped(before: Uint8Array, ...members: readonly Member[]): Promise<Uint8Array> {
  const opened = await open(before, ada.identity)
  const recipients = members.map(({ recipient }) => recipient)
  const { file } = await rewrap(opened, opened.document, { recipients, now: NOW })
  return printEncryptedFile(file ?? parseEncryptedFile(before))
}

/** The ages in a repository whose working tree has what the last commit has. */
async function ask(
  repository: GitRepository,
  { path = FILE, key = ada as Member | null, bytes = committed(repository, path) } = {},
) {
  const keys = key === null ? null : fixedKeys(key.identity)
  const files = [{ path, bytes, quotes: 'literal' as const }]
  const outcome = await inFolder(repository.path, () =>
    ageValues({ files, now: NOW }, { history: openFileHistory(), keys }),
  )
  const file = outcome.ages.files.get(path)
  const days = [...(file?.values ?? [])].map(([name, { since, isExact }]) => [name, dayIn(since), isExact])
  return { ...outcome, file, days, notes: outcome.notes.map(({ message }) => message) }
}

function dayIn(date: Date | null | undefined): number | null {
  return date ? (date.getTime() - DAY_ZERO) / 86_400_000 : null
}

function committed({ path }: GitRepository, file: string): Uint8Array {
  return Buffer.from(runProgram('git', ['cat-file', 'blob', `main:${file}`], { cwd: path }).stdout)
}

async function told(plans: readonly Planned[], options?: Parameters<typeof ask>[1]) {
  const repository = makeRepository()
  importHistory(repository, plans)
  return ask(repository, options)
}

describe('the age of values in a repository', () => {
  it('is not fooled by a new data key, new recipients or both', async () => {
    const first = await sealed({ A: 'one', B: 'two' })
    const changed = await edited(first, { A: 'one', B: 'three' })
    const shared = await rewrapped(changed, ada, ben)
    const alone = await rewrapped(shared, ada)
    const anew = await sealed({ A: 'one', B: 'three' })
    const plans = [first, changed, shared, alone, anew].map((bytes, at) => ({ day: at * 10, files: { [FILE]: bytes } }))
    const { days, file, notes } = await told(plans)
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 10, true],
    ])
    expect(dayIn(file?.dataKey.date)).toBe(40)
    expect(notes).toEqual([])
  })

  it('without a key is a bound after a new data key, and says so', async () => {
    const first = await sealed({ A: 'one', B: 'two' })
    const changed = await edited(first, { A: 'one', B: 'three' })
    const shared = await rewrapped(changed, ada, ben)
    const plans = [first, changed, shared].map((bytes, at) => ({ day: at * 10, files: { [FILE]: bytes } }))
    expect((await told(plans, { key: null })).days).toEqual([
      ['A', 0, true],
      ['B', 10, true],
    ])
    const { days, file, notes } = await told([...plans, { day: 30, files: { [FILE]: await rewrapped(shared, ada) } }], {
      key: eve,
    })
    expect(days).toEqual([
      ['A', 30, false],
      ['B', 30, false],
    ])
    expect([...file!.values.values()].map(({ earliest }) => dayIn(earliest))).toEqual([0, 10])
    expect(notes).toEqual(['not opened: 4 versions of files; there, ages are bounds by their encrypted lines'])
  })

  it('falls back to a bound round a version that no identity opens', async () => {
    const [first, last] = [await sealed({ A: 'one' }), await sealed({ A: 'one' })]
    const { days, file } = await told([
      { day: 0, files: { [FILE]: first } },
      { day: 10, files: { [FILE]: await sealed({ A: 'one' }, eve) } },
      { day: 20, files: { [FILE]: last } },
    ])
    expect(days).toEqual([['A', 20, false]])
    expect(dayIn(file?.values.get('A')?.earliest)).toBe(0)
  })

  it('goes on over a removal of the variable and of the file', async () => {
    const first = await sealed({ A: 'one', B: 'two' })
    const { days, file } = await told([
      { day: 0, files: { [FILE]: first } },
      { day: 10, files: { [FILE]: await edited(first, { B: 'two' }) } },
      { day: 20, files: { [FILE]: null } },
      { day: 30, files: { [FILE]: await sealed({ A: 'one', B: 'other' }) } },
    ])
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 30, true],
    ])
    expect(dayIn(file?.recipients.get(ada.recipient.text)?.date)).toBe(30)
  })

  it('remembers that a value that came back was there before', async () => {
    const plans = ['one', 'two', 'one'].map(async (A, at) => ({ day: at * 10, files: { [FILE]: await sealed({ A }) } }))
    const { file } = await told(await Promise.all(plans))
    const { since, before } = file!.values.get('A')!
    expect([dayIn(since), dayIn(before)]).toEqual([20, 0])
  })

  it.each([
    ['with its bytes', true],
    ['encrypted anew', false],
  ])('follows a file that was renamed twice, %s', async (_, isSame) => {
    const first = await sealed({ A: 'one', B: 'two' })
    const next = async () => (isSame ? first : sealed({ A: 'one', B: 'two' }))
    const { days } = await told(
      [
        { day: 0, files: { 'old/.env.encrypted': first, 'other.encrypted': await sealed({ C: 'one' }) } },
        { day: 10, files: { 'old/.env.encrypted': null, 'other.encrypted': null, 'mid/secrets': await next() } },
        { day: 20, files: { 'mid/secrets': null, 'new/.env.encrypted': await next() } },
      ],
      { path: 'new/.env.encrypted' },
    )
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 0, true],
    ])
  })

  it.each([
    ['in the same commit', { '.env': null }],
    ['while the plain one stays', {}],
  ])('knows a value from the plaintext file that it was encrypted from, %s', async (_, plain) => {
    const { days } = await told([
      { day: 0, files: { '.env': 'A=one\nB=two\n' } },
      { day: 5, files: { '.env': 'A="one"\nB=three\n' } },
      { day: 10, files: { [FILE]: await sealed({ A: 'one', B: 'four' }), ...plain } },
      { day: 15, files: { unrelated: '1' } },
    ])
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 10, true],
    ])
  })

  it('of a value in plaintext is not known without a key, past the commit that encrypted it', async () => {
    const { days, file } = await told(
      [
        { day: 0, files: { [FILE]: 'A=one\n' } },
        { day: 10, files: { [FILE]: await sealed({ A: 'one' }) } },
      ],
      { key: null },
    )
    expect(days).toEqual([['A', 10, false]])
    expect(dayIn(file?.values.get('A')?.earliest)).toBe(0)
  })

  it('of a merge is that of the parent that has the value, whichever side it took', async () => {
    const base = await sealed({ A: 'one', B: 'two' })
    const ours = await edited(base, { A: 'ours', B: 'two' })
    const theirs = await edited(base, { A: 'one', B: 'theirs' })
    const both = await edited(ours, { A: 'ours', B: 'theirs' })
    const fork: Planned[] = [
      { day: 0, files: { [FILE]: base } },
      { day: 10, files: { [FILE]: ours } },
      { day: 20, files: { [FILE]: theirs }, parents: [0] },
    ]
    const merged = (bytes: Uint8Array) =>
      told([...fork, { day: 30, files: { [FILE]: bytes }, parents: [1, 2] }, { day: 40, files: { x: '1' } }])
    const [mixed, left, right] = [await merged(both), await merged(ours), await merged(theirs)]
    expect([mixed.days, left.days, right.days]).toEqual([
      [
        ['A', 10, true],
        ['B', 20, true],
      ],
      [
        ['A', 10, true],
        ['B', 0, true],
      ],
      [
        ['A', 0, true],
        ['B', 20, true],
      ],
    ])
  })

  it('sees what a merge alone brought', async () => {
    const base = await sealed({ A: 'one' })
    const { days } = await told([
      { day: 0, files: { [FILE]: base } },
      { day: 10, files: { a: '1' } },
      { day: 20, files: { b: '1' }, parents: [0] },
      { day: 30, files: { [FILE]: await edited(base, { A: 'evil' }) }, parents: [1, 2] },
    ])
    expect(days).toEqual([['A', 30, true]])
  })

  it('passes over a version with conflict markers', async () => {
    const first = await sealed({ A: 'one', B: 'two' })
    const { days, file } = await told([
      { day: 0, files: { [FILE]: first } },
      { day: 10, files: { [FILE]: `<<<<<<< ours\n${Buffer.from(first)}>>>>>>> theirs\n` } },
      { day: 20, files: { [FILE]: await edited(first, { A: 'one', B: 'three' }) } },
    ])
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 20, false],
    ])
    expect(dayIn(file?.values.get('B')?.earliest)).toBe(10)
  })

  it('counts what is not committed yet as changed now, and no more than that', async () => {
    const repository = makeRepository()
    const first = await sealed({ A: 'one', B: 'two' })
    importHistory(repository, [{ day: 0, files: { [FILE]: first } }])
    const { days, file } = await ask(repository, { bytes: await edited(first, { A: 'one', B: 'three', C: 'new' }) })
    expect(days).toEqual([
      ['A', 0, true],
      ['B', 500, true],
      ['C', 500, true],
    ])
    expect(file?.values.get('B')?.commit).toBeNull()
  })

  it('says since when recipients are in, and in any older version', async () => {
    const first = await sealed({ A: 'one' }, ada, ben)
    const { file, ages } = await told([
      { day: 0, files: { [FILE]: first } },
      { day: 10, files: { [FILE]: await rewrapped(first, ada) } },
      { day: 20, files: { [FILE]: await rewrapped(first, ada, ben, eve) } },
    ])
    const days = (since: typeof ages.recipients) => [...since.values()].map(({ date }) => dayIn(date))
    expect(days(file!.recipients)).toEqual([0, 20, 20])
    expect(days(ages.recipients)).toEqual([0, 0, 20])
    expect(dayIn(file?.first.date)).toBe(0)
  })

  it('in a shallow clone says so, and is exact for what changed in it', async () => {
    const origin = makeRepository()
    const first = await sealed({ A: 'one', B: 'two' })
    const second = await edited(first, { A: 'one', B: 'three' })
    importHistory(origin, [
      { day: 0, files: { [FILE]: first } },
      { day: 10, files: { x: '1' } },
      { day: 20, files: { [FILE]: second } },
    ])
    const path = temporaryFolder('clone')
    origin.git('clone', '--quiet', '--depth=2', '--branch=main', `file://${origin.path}`, path)
    const { days, notes, file } = await ask({ ...origin, path })
    expect(days).toEqual([
      ['A', 10, false],
      ['B', 20, true],
    ])
    expect(file?.values.get('A')?.earliest).toBeNull()
    expect(notes).toEqual([
      'this is a shallow clone: what did not change in the commits that are here may be older than is said',
    ])
  })

  it('outside of a repository says that it knows nothing', async () => {
    const path = temporaryFolder('none')
    const { days, notes } = await ask({ ...makeRepository(), path }, { bytes: await sealed({ A: 'one' }) })
    expect(days).toEqual([['A', 500, false]])
    expect(notes[0]).toMatch(/^history cannot be read, so the age of values is not known/)
  })

  it('is read within seconds for 1,000 values in 50 files over 2,000 commits', { timeout: 120_000 }, async () => {
    const { repository, files } = await makeLongHistory(isThorough ? 2000 : 200)
    const world = { history: openFileHistory(), keys: fixedKeys(ada.identity) }
    const start = process.cpuUsage()
    const { ages } = await inFolder(repository.path, () => ageValues({ files, now: NOW }, world))
    expect(process.cpuUsage(start).user / 1_000_000).toBeLessThan(5)
    const values = [...ages.files.values()].flatMap((file) => [...file.values.values()])
    expect([values.length, values.every(({ isExact }) => isExact)]).toEqual([1000, true])
    const newest = ages.files.get(files.at(-1)!.path)!.values.get(`NAME_${(files.length - 1) % 20}`)
    expect(dayIn(newest?.since)).toBeGreaterThan(0)
  })
})

/** 50 files of 20 variables, and commits that each change one variable of one file. */
async function makeLongHistory(commits: number) {
  const names = Array.from({ length: 20 }, (_, at) => `NAME_${at}`)
  const paths = Array.from({ length: 50 }, (_, at) => `apps/app-${at}/.env.encrypted`)
  const valuesOf = (turn: number) =>
    Object.fromEntries(names.map((name, at) => [name, at === turn % 20 ? `${turn}` : 'x']))
  const held = await Promise.all(paths.map(() => sealed(valuesOf(0))))
  const plans: Planned[] = [{ day: 0, files: Object.fromEntries(paths.map((path, at) => [path, held[at]!])) }]
  for (let commit = 1; commit < commits; commit += 1) {
    const at = commit % paths.length
    held[at] = await edited(held[at]!, valuesOf(commit))
    plans.push({ day: commit / 5, files: { [paths[at]!]: held[at]! } })
  }
  const repository = makeRepository()
  importHistory(repository, plans)
  return { repository, files: paths.map((path, at) => ({ path, bytes: held[at]!, quotes: 'literal' as const })) }
}
