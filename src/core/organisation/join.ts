import type { CheckNote, CheckReport, Judged, SubjectPlace } from '../check/judged.ts'
import type { IssueReport } from '../issues/report.ts'
import { reportOf } from '../report/check/json.ts'
import { beginningOf, beginningOfId, organisationId } from './identity.ts'
import type { OrganisationPlan } from './plan.ts'
import type { ShardDocument } from './shard.ts'

/** Everything that the jobs found out, as one. */
export interface Joined {
  /** Places begin with the repository's name: `app/.env.production.encrypted`. */
  readonly report: IssueReport
  readonly checked: number
  /** Those with nothing to look at. */
  readonly nothing: number
  readonly failed: number
}

type Entry = ShardDocument['repositories'][number]

/**
 * Joins the reports of the jobs. A repository that is in the plan and in no report was not looked at; one that is in a report and not in
 * the plan is passed over. What was not looked at, or not whole, is not declared done; what somebody left out on purpose is.
 */
export function joinShards(plan: OrganisationPlan, shards: readonly ShardDocument[]): Joined {
  const entries = entriesOf(plan, shards)
  const reports = entries.flatMap((one) =>
    one.outcome === 'checked' ? [{ name: one.name, report: reportOf(one.report) }] : [],
  )
  const failed = entries.filter((one) => one.outcome === 'failed')
  const unknown = new Set([
    ...failed.map(({ name }) => beginningOf(name)),
    ...reports.filter(({ report }) => report.notes.length > 0).map(({ name }) => beginningOf(name)),
  ])
  const known = new Set(
    [...plan.shards.flat(), ...Object.values(plan.left).flat()].map(beginningOf).filter((one) => !unknown.has(one)),
  )
  const report: IssueReport = {
    at: new Date(plan.at),
    judged: reports.flatMap(({ name, report: { judged } }) => judged.map((one) => within(name, one))),
    notes: [...failed.map(noteOnFailure), ...joinNotes(reports)],
    isSettled: (id) => known.has(beginningOfId(id)),
  }
  const nothing = entries.filter((one) => one.outcome === 'nothing').length
  return { report, checked: reports.length, nothing, failed: failed.length }
}

/** @returns one for each repository of the plan */
function entriesOf(plan: OrganisationPlan, shards: readonly ShardDocument[]): Entry[] {
  const found = new Map(shards.flatMap(({ repositories }) => repositories.map((one) => [one.name, one])))
  const lost = 'the job that was to look at it left no report'
  return plan.shards.flat().map((name) => found.get(name) ?? { outcome: 'failed', name, why: lost })
}

function within(repository: string, judged: Judged): Judged {
  return { ...judged, id: organisationId(repository, judged.id), place: placeIn(repository, judged.place) }
}

function placeIn(repository: string, place: SubjectPlace | null | undefined): SubjectPlace {
  const name = repository.slice(repository.indexOf('/') + 1)
  return place == null ? { file: name } : { ...place, file: `${name}/${place.file}` }
}

function noteOnFailure({ name, why }: Entry & { readonly outcome: 'failed' }): CheckNote {
  return { message: `could not be looked at: ${why}`, place: placeIn(name, null) }
}

/** The same is said once: hundreds of repositories without a key are one note. */
function joinNotes(reports: readonly { readonly name: string; readonly report: CheckReport }[]): CheckNote[] {
  const groups = new Map<string, { readonly first: CheckNote; readonly names: Set<string> }>()
  for (const { name, report } of reports)
    for (const note of report.notes) {
      const key = note.message.replace(/\d+/g, '#')
      const group = groups.get(key) ?? { first: { ...note, place: placeIn(name, note.place) }, names: new Set() }
      group.names.add(name)
      groups.set(key, group)
    }
  const most = [...groups.values()].toSorted((one, other) => other.names.size - one.names.size)
  return most.map(({ first, names: { size } }) =>
    size === 1 ? first : { ...first, message: `${first.message} (and the like in ${size - 1} more)` },
  )
}
