import { describe, expect, it } from 'vitest'
import type { Judged, Level } from '../../../src/core/check/judged.ts'
import { printRepositories } from '../../../src/core/organisation/table.ts'
import { judged } from '../issues/made.ts'

const of = (repository: string, ...levels: Level[]): Judged[] =>
  levels.map((level, at) => judged(`S${at}`, { level, place: { file: `${repository}/.env` } }))

/** The cells of each line below the head. */
function rowsOf(judged: readonly Judged[], room = 10_000): string[] {
  return printRepositories(judged, room)
    .split('\n')
    .slice(2)
    .filter((line) => line !== '')
    .map((line) => line.replace(/<\/?code>/g, ''))
}

describe('the repositories of an organisation', () => {
  it('stand with the most urgent first, then by name, without those in which nothing is to be done', () => {
    const all = [
      ...of('zoo', 'late', 'ok'),
      ...of('fine', 'ok', 'ok'),
      ...of('bar', 'due', 'late'),
      ...of('worst', 'overdue'),
      ...of('bee', 'late', 'due'),
      ...of('many', 'critical', 'critical', 'due'),
    ]
    expect(rowsOf(all)).toEqual([
      '| worst | 1 |  |  |  |',
      '| many |  | 2 |  | 1 |',
      '| bar |  |  | 1 | 1 |',
      '| bee |  |  | 1 | 1 |',
      '| zoo |  |  | 1 |  |',
    ])
    expect(rowsOf(all.toReversed())).toEqual(rowsOf(all))
  })

  it('have no table where there is nothing to do, or no room for any', () => {
    expect(printRepositories(of('fine', 'ok'), 10_000)).toBe('')
    expect(printRepositories(of('worst', 'overdue'), 150)).toBe('')
  })

  it('are counted where they have no room', () => {
    const all = Array.from({ length: 100 }, (_, at) => of(`repository-${100 + at}`, 'late')).flat()
    const text = printRepositories(all, 1000)
    expect(text.length).toBeLessThanOrEqual(1000)
    const shown = text.match(/repository/g)!.length
    expect(shown).toBeGreaterThan(5)
    expect(text.endsWith(`\n... and ${100 - shown} more repositories\n`)).toBe(true)
  })
})
