import { reportForIssues } from '../../../core/issues/hidden.ts'
import { planIncidentAhead, planIncidentOver } from '../../../core/issues/incident.ts'
import type { IssueReport } from '../../../core/issues/report.ts'
import type { IssueSettings } from '../../../core/issues/settings.ts'
import { carryOutPlan, type IssuesOutcome, type IssuesWorld } from './issues.ts'

/**
 * Opens the issue of a lockdown at once, where there is none, and leaves all other issues to the next check.
 *
 * @param report of the working tree that is locked down, with full names
 * @returns an outcome for whatever GitHub refuses; throws only what is broken here
 */
export function openIncident(
  report: IssueReport,
  { names }: Pick<IssueSettings, 'names'>,
  world: IssuesWorld,
): Promise<IssuesOutcome> {
  const shown = { ...report, ...reportForIssues(report, names) }
  return carryOutPlan((listed) => ({ ...planIncidentAhead(listed, shown), postponed: 0 }), report.at, world)
}

/** Likewise closes the issue of the lockdown that began at `since`, where it is open. */
export function closeIncident(
  { since, now }: { readonly since: Date; readonly now: Date },
  world: IssuesWorld,
): Promise<IssuesOutcome> {
  return carryOutPlan((listed) => ({ ...planIncidentOver(listed, since), postponed: 0 }), now, world)
}
