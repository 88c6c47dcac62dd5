import * as v from 'valibot'
import { isRepositoryName, type LeftOut } from './choose.ts'
import { MOST_SHARDS } from './shards.ts'

const names = v.array(v.pipe(v.string(), v.check(isRepositoryName)))
const left = { excluded: names, archived: names, disabled: names, fork: names } satisfies Record<LeftOut, unknown>

/**
 * What the first job writes for the others. It goes by an artifact and not by an output: the names of 10,000 repositories need more than
 * the 1 MiB that a job's outputs may have, and 256 jobs that list them again would ask GitHub 25,600 times. The matrix has numbers only,
 * and so have the names of its jobs, which everybody sees.
 */
export const PlanShape = v.object({
  version: v.literal(1),
  organisation: v.string(),
  /** The moment that everything is judged at. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  shards: v.pipe(v.array(names), v.maxLength(MOST_SHARDS)),
  left: v.object(left),
  /** Of the repository that the workflow runs in: who can read it can read all that the jobs leave. */
  visibility: v.picklist(['public', 'private']),
  hidden: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

export type OrganisationPlan = v.InferOutput<typeof PlanShape>

export const PLAN_FILE = 'sealward-plan.json'

/** The file that a job of the matrix writes. */
export function shardFile(shard: number): string {
  return `sealward-shard-${shard}.json`
}
