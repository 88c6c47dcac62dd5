import * as v from 'valibot'
import { byUrgency, type CheckReport } from '../check/judged.ts'
import { amount } from '../report/amount.ts'
import { documentOf } from '../report/check/json.ts'
import { CheckDocumentShape } from '../report/check/json-shape.ts'
import { isRepositoryName } from './choose.ts'

const name = v.pipe(v.string(), v.check(isRepositoryName))

/** What one job of the matrix found out. */
export const ShardShape = v.object({
  version: v.literal(1),
  shard: v.pipe(v.number(), v.integer(), v.minValue(0)),
  repositories: v.array(
    v.variant('outcome', [
      v.object({ outcome: v.literal('checked'), name, report: CheckDocumentShape }),
      /** No file is named like an encrypted one, and there is no sealward.yml. */
      v.object({ outcome: v.literal('nothing'), name }),
      v.object({ outcome: v.literal('failed'), name, why: v.string() }),
    ]),
  ),
})

export type ShardDocument = v.InferOutput<typeof ShardShape>

/** What came of one repository. */
export type RepositoryOutcome =
  | { readonly outcome: 'checked'; readonly name: string; readonly report: CheckReport }
  | { readonly outcome: 'nothing'; readonly name: string }
  | { readonly outcome: 'failed'; readonly name: string; readonly why: string }

/** Of one repository, so that a single one does not fill the report of all. */
const MOST = { judged: 2000, notes: 20 }

export function shardDocument(shard: number, outcomes: readonly RepositoryOutcome[], version: string): ShardDocument {
  const repositories = outcomes.map((one) =>
    one.outcome === 'checked' ? { ...one, report: documentOf(bounded(one.report), version) } : one,
  )
  return { version: 1, shard, repositories }
}

/** What has no room is said, so that nobody takes it for done. */
function bounded(report: CheckReport): CheckReport {
  const [judged, notes] = [report.judged.length - MOST.judged, report.notes.length - MOST.notes]
  const more = [
    ...(judged > 0 ? [{ message: missing(judged, 'more finding') }] : []),
    ...(notes > 0 ? [{ message: missing(notes, 'more note') }] : []),
  ]
  return {
    at: report.at,
    judged: report.judged.toSorted(byUrgency).slice(0, MOST.judged),
    notes: [...report.notes.slice(0, MOST.notes), ...more],
  }
}

function missing(count: number, what: string): string {
  return `${amount(count, what)} ${count === 1 ? 'is' : 'are'} not in the report of the organisation`
}
