import { describe, expect, it } from 'vitest'
import type { HistoryCommit } from '../../../src/core/check/history/commit.ts'
import type { Content, Version } from '../../../src/core/check/history/version.ts'
import { originKey } from '../../../src/core/check/secrets/value-age.ts'
import { grantsIn, grantsOf, readableWith } from '../../../src/core/members/access.ts'
import { revisionsOf } from '../../../src/core/members/revisions.ts'

const T = (day: string) => new Date(`${day}T12:00:00Z`)
const NOW = T('2026-12-31')

/**
 * A version, by who can open it and what is in it: `ab:X,Y` is X and Y for the keys a and b, and `a+b+c:X` for two of the three together.
 */
function version(text: string): Version {
  const [keys = '', names = ''] = text.split(':')
  const values = new Map<string, Content>()
  const groups = keys.split('+').map((members) => [...members])
  const keyGroups = { groups, threshold: 2 }
  const made: Version = {
    ...{ values, recipients: groups.flat(), wrapped: new Set([text]) },
    ...(groups.length > 1 && { keyGroups }),
  }
  for (const name of names.split(','))
    values.set(name, { value: null, sealed: name.startsWith('plain') ? null : text, version: made })
  return made
}

interface Made {
  readonly id: string
  readonly on: string
  readonly parents?: readonly string[]
  /** Null for a file that is taken away. */
  readonly files: Readonly<Record<string, string | null>>
}

function history(made: readonly Made[], origins: ReadonlyMap<string, string> = new Map()) {
  const commits = made.map(
    ({ id, on, parents, files }, at): HistoryCommit => ({
      ...{ id, date: T(on), isCut: false, gone: [] },
      parents: parents ?? made.slice(at - 1, at).map((one) => one.id),
      changes: Object.entries(files).map(([path, text]) => ({ path, id: text, isNew: false })),
    }),
  )
  const texts = made.flatMap(({ files }) => Object.values(files)).filter((text) => text !== null)
  const versions = new Map(texts.filter((text) => text !== 'unreadable').map((text) => [text, version(text)]))
  return revisionsOf({ commits, versions, origins }, NOW)
}

function spans(made: readonly Made[], origins?: ReadonlyMap<string, string>) {
  return grantsOf(history(made, origins)).map(
    ({ file, key, from, until }) => `${key} ${file} ${day(from)} ${until === null ? 'today' : day(until)}`,
  )
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}

describe('who could open what', () => {
  it('alone, and with whom where it was for several key groups', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { x: 'abc:X' } },
      { id: '2', on: '2025-03-01', files: { x: 'a+b+ac:X' } },
      { id: '3', on: '2025-06-01', files: { x: 'a+b+ac:X,Y' } },
    ]
    const told = grantsOf(history(made)).map(({ key, from, together }) => [key, day(from), together])
    const withOne = { needed: 1, others: 2 }
    expect(told.sort()).toEqual([
      ['a', '2025-01-01', null],
      ['b', '2025-01-01', null],
      ['b', '2025-03-01', withOne],
      ['c', '2025-01-01', null],
      ['c', '2025-03-01', withOne],
    ])
    expect(readableWith(new Set(['b']), history(made)).map(({ name }) => name)).toEqual(['X', 'Y'])
  })

  it('over two years: joining, leaving and coming back', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { x: 'a:X', y: 'a:Y' } },
      { id: '2', on: '2025-03-01', files: { x: 'ab:X' } },
      { id: '3', on: '2025-06-01', files: { x: 'ab:X,Z' } },
      { id: '4', on: '2025-09-01', files: { x: 'a:X,Z,' } },
      { id: '5', on: '2026-02-01', files: { x: 'ab:X,W' } },
      { id: '6', on: '2026-08-01', files: { y: null } },
    ]
    expect(spans(made)).toEqual([
      'a x 2025-01-01 today',
      'a y 2025-01-01 2026-08-01',
      'b x 2025-03-01 2025-09-01',
      'b x 2026-02-01 today',
    ])
    const all = grantsOf(history(made))
    const at = (from: string, to = from) =>
      grantsIn(all, { from: T(from), to: T(to) }).map(({ key, file }) => `${key}${file}`)
    expect(at('2025-02-01')).toEqual(['ax', 'ay'])
    expect(at('2025-07-01')).toEqual(['ax', 'ay', 'bx'])
    expect(at('2025-12-01')).toEqual(['ax', 'ay'])
    expect(at('2026-09-01', '2026-12-31')).toEqual(['ax', 'bx'])
    expect(
      readableWith(new Set(['b']), history(made)).map(({ name, since, until }) => [
        name,
        day(since),
        until && day(until),
      ]),
    ).toEqual([
      ['X', '2025-03-01', null],
      ['Z', '2025-06-01', '2025-09-01'],
      ['W', '2026-02-01', null],
    ])
  })

  it('on a branch for longer than on the other', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { x: 'ab:X' } },
      { id: '2', on: '2025-02-01', files: { x: 'a:X' } },
      { id: '3', on: '2025-05-01', parents: ['1'], files: { x: 'ab:X,Y' } },
      { id: '4', on: '2025-06-01', parents: ['2', '3'], files: { x: 'a:X,Y' } },
    ]
    expect(spans(made)).toContain('b x 2025-01-01 2025-06-01')
  })

  it('until the last branch went on, whichever was written down first', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { x: 'ab:X' } },
      { id: '2', on: '2025-05-01', files: { x: 'a:X' } },
      { id: '3', on: '2025-02-01', parents: ['1'], files: { x: 'ac:X' } },
      { id: '4', on: '2025-06-01', parents: ['2', '3'], files: { x: 'a:X,Y' } },
    ]
    expect(spans(made).filter((span) => !span.startsWith('a'))).toEqual([
      'b x 2025-01-01 2025-05-01',
      'c x 2025-02-01 2025-06-01',
    ])
  })

  it('for as long as any branch had it, where one let go of it earlier', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { x: 'a:X' } },
      { id: '2', on: '2025-02-01', files: { x: 'ab:X' } },
      { id: '3', on: '2025-03-01', parents: ['1'], files: { x: 'ab:X,Y' } },
      { id: '4', on: '2025-04-01', parents: ['3'], files: { x: 'a:X' } },
      { id: '5', on: '2025-08-01', parents: ['2', '4'], files: { x: 'a:X,Y' } },
    ]
    expect(spans(made)).toContain('b x 2025-02-01 2025-08-01')
    expect(readableWith(new Set(['b']), history(made)).map(({ name, until }) => [name, until && day(until)])).toEqual([
      ['X', '2025-08-01'],
      ['Y', '2025-04-01'],
    ])
  })

  it('over a new name, and through a version with conflict markers', () => {
    const made = [
      { id: '1', on: '2025-01-01', files: { old: 'ab:X' } },
      { id: '2', on: '2025-02-01', files: { old: null, x: 'ab:X' } },
      { id: '3', on: '2025-03-01', files: { x: 'unreadable' } },
      { id: '4', on: '2025-04-01', files: { x: 'a:X' } },
    ]
    expect(spans(made, new Map([[originKey('2', 'x'), 'old']]))).toEqual([
      'a x 2025-01-01 today',
      'b x 2025-01-01 2025-04-01',
    ])
  })

  it("plain values are nobody's secret", () => {
    const revisions = history([{ id: '1', on: '2025-01-01', files: { x: 'a:X,plain_Y' } }])
    expect(readableWith(new Set(['a']), revisions).map(({ name }) => name)).toEqual(['X'])
  })
})
