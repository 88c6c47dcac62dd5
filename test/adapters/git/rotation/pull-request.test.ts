import { describe, expect, it } from 'vitest'
import {
  change,
  FILE,
  OWN,
  openBranch,
  openRotationScene,
  RECORD,
  type RotationScene,
  textOf,
} from './rotation-scene.ts'

const pending = { message: 'Rotate orders-db: pending-committed', files: [change(RECORD, null, 'pending\n')] }
const promote = {
  message: 'Rotate orders-db: promoted',
  files: [change(FILE, 'one\n', 'two\n'), change(RECORD, 'pending\n', 'promoted\n')],
}

/** Two commits on the rotation's own branch. */
async function promoted(scene: RotationScene, ...clone: string[]) {
  const opened = await openBranch(scene.clone(...clone).path, 'pull-request')
  await opened.branch.commit(pending)
  await opened.branch.commit(promote)
  return opened
}

const subjects = (scene: RotationScene, range: string) =>
  scene.remote.git('log', '--format=%s', range).trim().split('\n')
const dateOf = (scene: RotationScene, commit: string) =>
  new Date(Number(scene.remote.git('log', '-1', '--format=%ct', commit)) * 1000)

describe('the branch that counts', () => {
  it('is read beside that of the rotation, whatever was pushed there', async () => {
    const { branch } = await promoted(openRotationScene())
    expect(await textOf(branch, FILE)).toBe('two\n')
    expect(Buffer.from((await branch.readCounting(FILE))!).toString()).toBe('one\n')
    expect(await branch.readCounting(RECORD)).toBe(null)
  })
})

/** What the buttons of a pull request do. The commit that arrives has a date of its own. */
const MERGES: readonly [string, (scene: RotationScene) => void][] = [
  ['merged', ({ person }) => person.git('merge', '--quiet', '--no-ff', '-m', 'Merge', `origin/${OWN}`)],
  [
    'squashed',
    ({ person }) => {
      person.git('merge', '--quiet', '--squash', `origin/${OWN}`)
      person.git('commit', '--quiet', '-m', 'Rotate orders-db (#1)')
    },
  ],
  [
    'rebased',
    ({ person }) => {
      const before = person.git('rev-parse', 'HEAD').trim()
      person.git('checkout', '--quiet', '-B', 'temporary', `origin/${OWN}`)
      person.git('rebase', '--quiet', '--force-rebase', before)
      person.git('checkout', '--quiet', 'main')
      person.git('merge', '--quiet', '--ff-only', 'temporary')
    },
  ],
]

function merge(scene: RotationScene, how: (scene: RotationScene) => void, { keep = true } = {}): string {
  scene.person.git('fetch', '--quiet', 'origin')
  scene.person.git('reset', '--quiet', '--hard', 'origin/main')
  how(scene)
  const date = new Date(Date.now() + 3_600_000).toISOString()
  const amended = scene.person.tryGit(['commit', '--quiet', '--amend', '--no-edit'], {
    env: { GIT_COMMITTER_DATE: date },
  })
  if (amended.status !== 0) throw new Error(amended.stderr)
  scene.person.git('push', '--quiet', 'origin', 'HEAD:main')
  if (!keep) scene.person.git('push', '--quiet', 'origin', `:${OWN}`)
  return scene.remote.git('rev-parse', 'main').trim()
}

describe("a rotation's own branch", () => {
  it('has what is not merged yet, which is read before all else', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    expect([scene.at('main', FILE), scene.at(OWN, FILE), scene.at(OWN, RECORD)]).toEqual([
      'one\n',
      'two\n',
      'promoted\n',
    ])
    expect([await textOf(branch, FILE), await textOf(branch, RECORD), await textOf(branch, 'README.md')]).toEqual([
      'two\n',
      'promoted\n',
      'x\n',
    ])
    expect([await branch.arrivedAt(FILE), await branch.arrivedAt(RECORD)]).toEqual([null, null])
    expect(subjects(scene, `main..${OWN}`)).toEqual([
      'Rotate orders-db: promoted',
      'Rotate orders-db: pending-committed',
    ])
  })

  it('is made anew on top of the branch that counts when that moves, with the same commits by the same people', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    scene.push({ 'README.md': 'theirs\n' })
    await branch.commit({ message: 'Rotate orders-db: grace', files: [change(RECORD, 'promoted\n', 'grace\n')] })
    expect(scene.remote.git('merge-base', 'main', OWN)).toBe(scene.remote.git('rev-parse', 'main'))
    expect(subjects(scene, `main..${OWN}`)).toHaveLength(3)
    expect([scene.at(OWN, FILE), scene.at(OWN, RECORD), scene.at(OWN, 'README.md')]).toEqual([
      'two\n',
      'grace\n',
      'theirs\n',
    ])
  })

  it('keeps what a person pushed to it', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    scene.person.git('fetch', '--quiet')
    scene.person.git('checkout', '--quiet', '-B', 'fix', `origin/${OWN}`)
    scene.push({ notes: 'a fix\n' }, OWN)
    scene.person.git('checkout', '--quiet', 'main')
    scene.push({ 'README.md': 'theirs\n' })
    await branch.commit({ message: 'x', files: [change(RECORD, 'promoted\n', 'grace\n')] })
    expect([scene.at(OWN, 'notes'), scene.at(OWN, FILE), scene.at(OWN, 'README.md')]).toEqual([
      'a fix\n',
      'two\n',
      'theirs\n',
    ])
    expect(subjects(scene, `main..${OWN}`)).toContain('by a person')
  })

  it('goes on after somebody merged the other one into it ("Update branch")', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    scene.push({ 'README.md': 'theirs\n' })
    scene.person.git('fetch', '--quiet')
    scene.person.git('checkout', '--quiet', '-B', 'update', `origin/${OWN}`)
    scene.person.git('merge', '--quiet', '-m', 'Update branch', 'origin/main')
    scene.person.git('push', '--quiet', 'origin', `HEAD:${OWN}`)
    await branch.commit({ message: 'x', files: [change(RECORD, 'promoted\n', 'grace\n')] })
    expect(subjects(scene, `main..${OWN}`)).toContain('Update branch')
    scene.person.git('checkout', '--quiet', 'main')
    scene.push({ other: 'more\n' })
    await branch.commit({ message: 'y', files: [change(RECORD, 'grace\n', 'revoked\n')] })
    expect([scene.at(OWN, FILE), scene.at(OWN, RECORD), scene.at(OWN, 'other')]).toEqual([
      'two\n',
      'revoked\n',
      'more\n',
    ])
    expect(subjects(scene, `main..${OWN}`)).not.toContain('Update branch')
  })

  it('is left alone where the branch that counts changed the same file, until a person has merged the two', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    scene.push({ [FILE]: 'theirs\n' })
    const tip = scene.remote.git('rev-parse', OWN)
    const grace = { message: 'x', files: [change(RECORD, 'promoted\n', 'grace\n')] }
    await expect(branch.commit(grace)).rejects.toMatchObject({
      code: 'locked',
      file: FILE,
      hint: expect.stringContaining('sealward merge'),
    })
    expect(scene.remote.git('rev-parse', OWN)).toBe(tip)
    expect(await branch.arrivedAt(FILE)).toBe(null)
    scene.person.git('fetch', '--quiet')
    scene.person.git('checkout', '--quiet', '-B', 'update', `origin/${OWN}`)
    scene.person.tryGit(['merge', '--quiet', 'origin/main'])
    scene.person.stage(FILE, 'both\n')
    scene.person.git('commit', '--quiet', '-m', 'Merge both')
    scene.person.git('push', '--quiet', 'origin', `HEAD:${OWN}`)
    expect(await textOf((await openBranch(scene.clone().path, 'pull-request')).branch, FILE)).toBe('both\n')
    await branch.commit(grace)
    expect([scene.at(OWN, FILE), scene.at(OWN, RECORD)]).toEqual(['both\n', 'grace\n'])
  })

  it('keeps the lines of both sides of a file that is merged so, as the ledger is', async () => {
    const scene = openRotationScene()
    const LEDGER = '.sealward/ledger.jsonl'
    scene.push({ '.sealward/.gitattributes': 'ledger*.jsonl merge=union\n', [LEDGER]: 'a\n' })
    const { branch } = await openBranch(scene.clone().path, 'pull-request')
    await branch.commit({
      message: 'x',
      files: [change(LEDGER, 'a\n', 'a\nours\n'), change(RECORD, null, 'pending\n')],
    })
    scene.push({ [LEDGER]: 'a\ntheirs\n' })
    const { branch: next } = await openBranch(scene.clone().path, 'pull-request')
    const both = (await textOf(next, LEDGER))!
    expect(both.split('\n').toSorted()).toEqual(['', 'a', 'ours', 'theirs'])
    await next.commit({ message: 'y', files: [change(LEDGER, both, `${both}more\n`)] })
    expect(scene.at(OWN, LEDGER)).toBe(`${both}more\n`)
    expect(scene.remote.git('merge-base', 'main', OWN)).toBe(scene.remote.git('rev-parse', 'main'))
  })

  it('is made mergeable for servers, which do not merge so', async () => {
    const scene = openRotationScene()
    const LEDGER = '.sealward/ledger.jsonl'
    scene.push({ '.sealward/.gitattributes': 'ledger*.jsonl merge=union\n', [LEDGER]: 'a\n' })
    const { branch } = await openBranch(scene.clone().path, 'pull-request')
    await branch.commit({ message: 'x', files: [change(LEDGER, 'a\n', 'a\nours\n')] })
    const tip = scene.remote.git('rev-parse', OWN)
    scene.push({ 'README.md': 'theirs\n' })
    await (await openBranch(scene.clone().path, 'pull-request')).branch.makeMergeable()
    expect(scene.remote.git('rev-parse', OWN)).toBe(tip)
    scene.push({ [LEDGER]: 'a\ntheirs\n' })
    await (await openBranch(scene.clone().path, 'pull-request')).branch.makeMergeable()
    expect(scene.remote.git('merge-base', 'main', OWN)).toBe(scene.remote.git('rev-parse', 'main'))
    expect(scene.at(OWN, LEDGER)!.split('\n').toSorted()).toEqual(['', 'a', 'ours', 'theirs'])
  })

  it('goes on where a merge came between its last two commits', async () => {
    const scene = openRotationScene()
    const { branch } = await promoted(scene)
    const [, squash] = MERGES[1]!
    scene.person.git('fetch', '--quiet')
    squash(scene)
    await branch.commit({ message: 'Rotate orders-db: grace', files: [change(RECORD, 'promoted\n', 'grace\n')] })
    scene.person.git('push', '--quiet', 'origin', 'HEAD:main')
    const { branch: next } = await openBranch(scene.clone().path, 'pull-request')
    expect([await next.arrivedAt(FILE), await next.arrivedAt(RECORD)]).toEqual([expect.any(Date), null])
    await next.commit({ message: 'Rotate orders-db: revoked', files: [change(RECORD, 'grace\n', 'revoked\n')] })
    expect([scene.at(OWN, RECORD), scene.at(OWN, FILE)]).toEqual(['revoked\n', 'two\n'])
    expect(scene.remote.git('merge-base', 'main', OWN)).toBe(scene.remote.git('rev-parse', 'main'))
  })

  it('loses to somebody who pushed to it', async () => {
    const scene = openRotationScene()
    const first = await promoted(scene)
    const second = await openBranch(scene.clone().path, 'pull-request')
    await second.branch.commit({ message: 'x', files: [change(RECORD, 'promoted\n', 'theirs\n')] })
    await expect(
      first.branch.commit({ message: 'x', files: [change(RECORD, 'promoted\n', 'ours\n')] }),
    ).rejects.toMatchObject({ code: 'locked' })
    expect(scene.at(OWN, RECORD)).toBe('theirs\n')
  })
})

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const CLONES: [string, string[]][] = [['in a clone of one commit', ['--depth=1']]]
if (full) CLONES.push(['in a whole clone', []], ['in one without contents', ['--filter=blob:none']])

describe.each(MERGES)('a pull request that is %s', (_, how) => {
  it.each(CLONES)('has arrived since then, also after others went on (%s)', async (_where, args) => {
    const scene = openRotationScene()
    await promoted(scene)
    scene.push({ 'README.md': 'before\n' })
    const merged = merge(scene, how)
    const date = dateOf(scene, merged)
    const { branch } = await openBranch(scene.clone(...args).path, 'pull-request')
    expect([await branch.arrivedAt(FILE), await branch.arrivedAt(RECORD)]).toEqual([date, date])
    scene.push({ 'README.md': 'after\n' })
    scene.push({ [FILE]: 'somebody changed another variable\n' })
    const later = (await openBranch(scene.clone(...args).path, 'pull-request')).branch
    expect([await later.arrivedAt(FILE), await later.arrivedAt(RECORD)]).toEqual([date, date])
    expect(await textOf(later, FILE)).toBe('somebody changed another variable\n')
  })

  it('has arrived when its branch is gone, too', async () => {
    const scene = openRotationScene()
    await promoted(scene)
    const date = dateOf(scene, merge(scene, how, { keep: false }))
    scene.push({ 'README.md': 'after\n' })
    const { branch } = await openBranch(scene.clone('--depth=1').path, 'pull-request')
    expect([await branch.arrivedAt(FILE), await branch.arrivedAt(RECORD)]).toEqual([date, date])
    expect(await branch.arrivedAt('not-there')).toBe(null)
  })

  it('is followed by a branch that starts where it ended', async () => {
    const scene = openRotationScene()
    await promoted(scene)
    merge(scene, how)
    const { branch } = await openBranch(scene.clone('--depth=1').path, 'pull-request')
    await branch.commit({ message: 'Rotate orders-db: grace', files: [change(RECORD, 'promoted\n', 'grace\n')] })
    expect(subjects(scene, `main..${OWN}`)).toEqual(['Rotate orders-db: grace'])
    const { branch: next } = await openBranch(scene.clone().path, 'pull-request')
    expect([await next.arrivedAt(FILE), await next.arrivedAt(RECORD)]).toEqual([expect.any(Date), null])
  })
})
