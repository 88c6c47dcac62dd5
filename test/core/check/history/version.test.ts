import { describe, expect, it } from 'vitest'
import { findOrigin, plainNameOf } from '../../../../src/core/check/history/origin.ts'
import {
  compareContents,
  haveSameDataKey,
  openedVersion,
  readVersion,
  type Version,
} from '../../../../src/core/check/history/version.ts'
import { parseDotenv } from '../../../../src/core/dotenv/parse.ts'
import { DEFAULT_RULE } from '../../../../src/core/envelope/values/rule.ts'
import { bytesOf, newMember, open, seal } from '../../../support/sealing.ts'

const [ALICE, BOB] = [await newMember(), await newMember()]
const sealed = (text: string, ...members: (typeof ALICE)[]) =>
  seal(parseDotenv(bytesOf(text)), members, { rule: DEFAULT_RULE })
const versionOf = (bytes: Uint8Array): Version => readVersion(bytes)!.version

/** The same lines under another wrapped data key, as when somebody was added to the file. */
function rewrapped(version: Version): Version {
  return { ...version, wrapped: new Set(['another']) }
}

describe('a version that is read without a key', () => {
  it('of a plain file has its values, and no comment of it', () => {
    const { version, file } = readVersion(bytesOf('# of the team\nA=1\n\nB="2 3" # why\n'))!
    expect([...version.values].map(([name, { value, sealed }]) => [name, value, sealed])).toEqual([
      ['A', '1', null],
      ['B', '2 3', null],
    ])
    expect([file, version.recipients, version.wrapped.size]).toEqual([null, [], 0])
  })

  it('of an encrypted file has its lines and who can open it, and values once it is opened', async () => {
    const bytes = await sealed('A=1\nB=\n', ALICE, BOB)
    const version = versionOf(bytes)
    expect(version.recipients).toEqual([ALICE, BOB].map(({ recipient }) => recipient.text))
    expect(version.values.get('A')).toMatchObject({ value: null, sealed: expect.stringMatching(/^ENC\[/) })
    const opened = openedVersion(await open(bytes, BOB.identity))
    expect(opened.values.get('A')).toMatchObject({ value: '1', sealed: version.values.get('A')!.sealed })
  })

  it('is none where a merge has left its marks', () => {
    expect(readVersion(bytesOf('<<<<<<< ours\nA=1\n=======\nA=2\n>>>>>>> theirs\n'))).toBeNull()
  })
})

describe('two versions', () => {
  it('have one data key where one wrapped key is in both, or one line, and else nothing proves it', async () => {
    const [one, other] = [versionOf(await sealed('A=1\nB=2\n', ALICE)), versionOf(await sealed('A=1\nB=2\n', ALICE))]
    expect(haveSameDataKey(one, one)).toBe(true)
    expect(haveSameDataKey(one, { ...one })).toBe(true)
    expect(haveSameDataKey(one, rewrapped(one))).toBe(true)
    expect(haveSameDataKey(one, other)).toBe(false)
    const plain = versionOf(bytesOf('A=1\n'))
    expect(haveSameDataKey(plain, versionOf(bytesOf('A=1\n')))).toBe(false)
  })

  it('have the same value by its text, or by its line; another one by another line under the same key alone', async () => {
    const bytes = await sealed('A=1\n', ALICE)
    const [closed, opened] = [versionOf(bytes), openedVersion(await open(bytes, ALICE.identity))]
    const [again, plain] = [versionOf(await sealed('A=1\n', ALICE)), versionOf(bytesOf('A=1\n'))]
    const like = (one: Version, other: Version) => compareContents(one.values.get('A')!, other.values.get('A')!)
    expect([like(opened, plain), like(opened, versionOf(bytesOf('A=2\n')))]).toEqual(['same', 'changed'])
    expect([like(closed, opened), like(closed, again), like(closed, plain)]).toEqual(['same', 'unknown', 'unknown'])
  })
})

describe('the old name of a file that a commit brought', () => {
  const at = (path: string, text: string, id = path) => ({ path, id, version: versionOf(bytesOf(text)) })
  const born = at('app/.env', 'A=1\nB=2\n')
  it.each([
    ['is that of the same bytes, before any likeness', [at('x', 'A=1\nB=2\n'), at('y', '', born.id)], 'y'],
    ['is that with a common value, before common names', [at('app/x', 'A=9\nB=9\n'), at('y', 'A=1\n')], 'y'],
    [
      'is, of two with common names, that of the same folder',
      [at('x/z', 'A=9\nB=9\n'), at('app/z', 'A=9\nB=9\n')],
      'app/z',
    ],
    ['is nobody of less than half of the names', [at('app/x', 'A=9\nC=1\nD=1\n')], null],
    ['is nobody where both have no variable', [at('app/x', '# nothing\n')], null],
    ['is nobody where nothing went', [], null],
  ])('%s', (_, gone, expected) => {
    expect(findOrigin(born, gone)).toBe(expected)
  })

  it('is never found by two files without any variable', () => {
    expect(findOrigin(at('app/a', '# one\n'), [at('app/b', '# two\n')])).toBeNull()
  })

  it.each([
    ['.env.encrypted', '.env'],
    ['app/.env.production.enc', 'app/.env.production'],
    ['.env', null],
    ['app/.encrypted', null],
  ])('may be the plaintext beside %s: %s', (path, plain) => {
    expect(plainNameOf(path)).toBe(plain)
  })
})
