import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../../../src/core/check/judged.ts'
import { printDocument, readDocument } from '../../../src/core/organisation/document.ts'
import { organisationId } from '../../../src/core/organisation/identity.ts'
import { joinShards } from '../../../src/core/organisation/join.ts'
import { type OrganisationPlan, PlanShape } from '../../../src/core/organisation/plan.ts'
import { type RepositoryOutcome, ShardShape, shardDocument } from '../../../src/core/organisation/shard.ts'
import { bytesOf, codeOf } from '../../support/sealing.ts'
import { judged, report } from '../issues/made.ts'

const AT = '2026-11-20T06:17:00.000Z'
const LEFT = { excluded: [], archived: [], disabled: [], fork: [] }

function planOf(shards: string[][], left: Partial<OrganisationPlan['left']> = {}): OrganisationPlan {
  return { version: 1, organisation: 'o', at: AT, shards, left: { ...LEFT, ...left }, visibility: 'private', hidden: 0 }
}

/** As a job writes it and another one reads it. */
function through(shard: number, outcomes: readonly RepositoryOutcome[]) {
  return readDocument(ShardShape, bytesOf(printDocument(shardDocument(shard, outcomes, '1.0.0'))), 'x.json')
}

const checked = (name: string, ...all: Parameters<typeof report> extends [string, ...infer Rest] ? Rest : never) =>
  ({ outcome: 'checked', name, report: report('2026-11-20', ...all) }) as const

describe('the joined report', () => {
  const DB = judged('DB', { level: 'overdue' })

  it('tells the same secret of two repositories apart, and says where each is', () => {
    const plan = planOf([['o/a'], ['o/b']])
    const { report: joined } = joinShards(plan, [through(0, [checked('o/a', DB)]), through(1, [checked('o/b', DB)])])
    expect(new Set(joined.judged.map(({ id }) => id)).size).toBe(2)
    expect(joined.judged.map(({ place }) => place?.file)).toEqual(['a/.env.production', 'b/.env.production'])
    expect(joined.judged[0]).toEqual({
      ...DB,
      id: organisationId('o/a', DB.id),
      place: { file: 'a/.env.production', line: 7 },
    })
    expect(joined.at).toEqual(new Date(AT))
  })

  it('is the same however the repositories were shared out and in whatever order the jobs ended', () => {
    const names = ['o/a', 'o/b', 'o/c', 'o/d']
    const outcome = (name: string, at: number) => checked(name, judged(`S${at}`, { level: LEVELS[at % 5]! }))
    const whole = joinShards(planOf([names]), [through(0, names.map(outcome))])
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 4 }), fc.nat({ max: 3 }), (order, cut) => {
        const shards = [order.slice(0, cut), order.slice(cut)]
        const documents = shards.map((some, at) =>
          through(
            at,
            some.map((name) => outcome(name, names.indexOf(name))),
          ),
        )
        const { report: joined } = joinShards(planOf([names]), documents.toReversed())
        expect({ ...joined, isSettled: null }).toEqual({ ...whole.report, isSettled: null })
      }),
    )
  })

  it('takes for done what is missing in a repository that was looked at whole, or left out on purpose, and nothing else', () => {
    const noted = {
      outcome: 'checked',
      name: 'o/noted',
      report: { ...report('2026-11-20'), notes: [{ message: 'x' }] },
    } as const
    const failed = { outcome: 'failed', name: 'o/failed', why: 'no' } as const
    const nothing = { outcome: 'nothing', name: 'o/nothing' } as const
    const plan = planOf([['o/whole', 'o/noted', 'o/failed', 'o/nothing'], ['o/lost']], { archived: ['o/old'] })
    const { report: joined, ...counts } = joinShards(plan, [
      through(0, [checked('o/whole', DB), noted, failed, nothing]),
    ])
    const settled = (name: string) => joined.isSettled!(organisationId(name, DB.id))
    expect(['o/whole', 'o/nothing', 'o/old'].map(settled)).toEqual([true, true, true])
    expect(['o/noted', 'o/failed', 'o/lost', 'o/never-listed'].map(settled)).toEqual([false, false, false, false])
    expect(counts).toEqual({ checked: 2, nothing: 1, failed: 2 })
  })

  it('says once what is said of many', () => {
    const names = ['o/a', 'o/b', 'o/c']
    const notes = (at: number) => [{ message: `${at} versions of files were not opened`, place: { file: 'f' } }]
    const outcomes = names.map(
      (name, at) => ({ outcome: 'checked', name, report: { ...report('2026-11-20'), notes: notes(at) } }) as const,
    )
    expect(joinShards(planOf([names]), [through(0, outcomes)]).report.notes).toEqual([
      { message: '0 versions of files were not opened (and the like in 2 more)', place: { file: 'a/f' } },
    ])
  })

  it('passes over what is not in the plan: a report from elsewhere adds no repository', () => {
    expect(joinShards(planOf([[]]), [through(0, [checked('o/evil', DB)])]).report.judged).toEqual([])
  })

  it('has room for every repository: of one with too much the rest is counted, and not taken for done', () => {
    const all = Array.from({ length: 2001 }, (_, at) => judged(`S${at}`))
    const { report: joined } = joinShards(planOf([['o/a']]), [through(0, [checked('o/a', ...all)])])
    expect(joined.judged).toHaveLength(2000)
    expect(joined.notes.map(({ message }) => message)).toEqual([
      '1 more finding is not in the report of the organisation',
    ])
    expect(joined.isSettled!(organisationId('o/a', 'x'))).toBe(false)
  })

  it('has room for the notes of every repository: of one with too many the rest is counted', () => {
    const notes = Array.from({ length: 23 }, (_, at) => ({ message: `${'x'.repeat(at + 1)} was not read` }))
    const outcome = { ...checked('o/a'), report: { ...report('2026-11-20'), notes } }
    const { report: joined } = joinShards(planOf([['o/a']]), [through(0, [outcome])])
    const said = joined.notes.map(({ message }) => message)
    expect([said.length, said.at(-1)]).toEqual([21, '3 more notes are not in the report of the organisation'])
  })
})

describe('what a job reads of another one', () => {
  it.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...planOf([]), version: 2 })],
    ['a name that climbs', JSON.stringify(planOf([['o/..']]))],
    ['a name with a space, which a command line would cut', JSON.stringify(planOf([['o/a --upload-pack=x']]))],
    ['more jobs than a matrix has', JSON.stringify(planOf(Array.from({ length: 257 }, () => [])))],
  ])('is refused when it is %s', async (_, text) => {
    expect(await codeOf(() => readDocument(PlanShape, bytesOf(text), 'plan.json'))).toBe('io')
  })
})
