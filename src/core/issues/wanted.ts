import { byUrgency, type CheckReport, type Judged } from '../check/judged.ts'
import { DASHBOARD, isBoard, ORGANISATION } from './marker.ts'
import type { IssueMode } from './settings.ts'

/** An issue that there should be, or that there is and has to be looked at. */
export interface Wanted {
  /** As in its marker. */
  readonly id: string
  /** What it is about, also what is in order; most urgent first, each once. None when it is not there any more. */
  readonly judged: readonly Judged[]
}

/** @returns the issues that the report speaks of and those that are there, the most urgent first */
export function wantedIssues(report: CheckReport, mode: IssueMode, there: Iterable<string>): Wanted[] {
  const judged = eachOnce(report.judged)
  if (mode === 'dashboard') return [{ id: DASHBOARD, judged }]
  if (mode === 'organisation') return [{ id: ORGANISATION, judged }]
  const known = new Set(there)
  const spoken = judged.filter(({ id, level }) => level !== 'ok' || known.has(id))
  const ids = new Set(spoken.map(({ id }) => id))
  const gone = [...known].filter((id) => !isBoard(id) && !ids.has(id))
  return [...spoken.map((one) => ({ id: one.id, judged: [one] })), ...gone.map((id) => ({ id, judged: [] }))]
}

/**
 * Whether what is not in the report is not there any more. Where something could not be looked at, nobody knows, and nothing that is
 * missing is declared done.
 */
export function isComplete({ notes }: CheckReport): boolean {
  return notes.length === 0
}

/** The worst of those that are called the same. */
function eachOnce(judged: readonly Judged[]): Judged[] {
  const byId = new Map<string, Judged>()
  for (const one of judged.toSorted(byUrgency)) if (!byId.has(one.id)) byId.set(one.id, one)
  return [...byId.values()]
}
