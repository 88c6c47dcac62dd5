import { idOf } from '../../../src/core/check/identity.ts'
import type { CheckReport, Judged } from '../../../src/core/check/judged.ts'
import { changesOf, type IssueAction, labelsOfNew } from '../../../src/core/issues/action.ts'
import type { ListedIssue } from '../../../src/core/issues/own.ts'
import type { IssueSettings } from '../../../src/core/issues/settings.ts'

export const DASHBOARD_SETTINGS: IssueSettings = { mode: 'dashboard', names: 'full', mentions: false }
export const EACH_SETTINGS: IssueSettings = { ...DASHBOARD_SETTINGS, mode: 'per-finding' }
export const BOT = 'github-actions[bot]'

/** A judged secret that is due, with what is said changed. */
export function judged(name: string, changed: Partial<Judged> = {}): Judged {
  const place = { file: '.env.production', line: 7 }
  return {
    id: idOf({ kind: 'secret', rule: 'rotate-every', name, place }),
    kind: 'secret',
    rule: 'rotate-every',
    level: 'due',
    name,
    environment: 'production',
    place,
    message: 'was last changed 80 days ago; every 90 is asked',
    since: new Date('2026-09-01T00:00:00Z'),
    sinceIsExact: true,
    due: new Date('2026-11-30T00:00:00Z'),
    end: null,
    owners: ['mona'],
    reasons: ['the default for production'],
    advice: 'change it where it is used',
    ...changed,
  }
}

/** A report of a day. */
export function report(day: string, ...all: Judged[]): CheckReport {
  return { at: new Date(`${day}T06:17:00Z`), judged: all, notes: [] }
}

/** What the plan's actions make of the issues: the plain model of GitHub. */
export function carriedOut(listed: readonly ListedIssue[], actions: readonly IssueAction[]): ListedIssue[] {
  const issues = listed.map((issue) => ({ ...issue }))
  for (const action of actions) {
    if (action.do === 'create') {
      const number = Math.max(0, ...issues.map((issue) => issue.number)) + 1
      issues.push({ number, body: action.body, state: 'open', stateReason: null, labels: labelsOfNew(), author: BOT })
    } else if (action.do !== 'comment') {
      const issue = issues.find((one) => one.number === action.issue)
      Object.assign(issue as object, changesOf(action))
    }
  }
  return issues
}
