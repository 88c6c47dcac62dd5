import { byUrgency, type CheckReport, type Judged } from '../../../check/judged.ts'
import { dayOf } from '../../../day.ts'

/** What has to be done, as a program reads it that has no room for the whole report. */
export interface OpenFinding extends Pick<Judged, 'id' | 'kind' | 'rule' | 'level' | 'name' | 'environment'> {
  readonly file: string | null
  readonly line: number | null
  readonly message: string
  /** Days, as `2026-11-21`. */
  readonly due: string | null
  readonly end: string | null
  readonly owners: readonly string[]
}

const MOST_OWNERS = 20
const LONGEST = 300

/** @returns what is due or worse, the most urgent first, and no more than `most`; texts are cut */
export function openFindings({ judged }: CheckReport, most: number): OpenFinding[] {
  const open = judged.filter(({ level }) => level !== 'ok').toSorted(byUrgency)
  return open.slice(0, most).map((one) => ({
    ...{ id: one.id, kind: one.kind, rule: one.rule, level: one.level },
    name: cut(one.name),
    environment: one.environment === null ? null : cut(one.environment),
    file: one.place === null ? null : cut(one.place.file),
    line: one.place?.line ?? null,
    message: cut(one.message),
    due: one.due === null ? null : dayOf(one.due),
    end: one.end === null ? null : dayOf(one.end),
    owners: one.owners.slice(0, MOST_OWNERS).map(cut),
  }))
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`
}
