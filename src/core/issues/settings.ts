import type { CheckPolicy } from '../policy/sections/check.ts'
import type { NameStyle } from '../report/check/names.ts'

/** `organisation` is one issue for the repositories of a whole organisation, which no sealward.yml asks for. */
export type IssueMode = CheckPolicy['issues'] | 'organisation'

/** How issues are kept. */
export interface IssueSettings {
  readonly mode: IssueMode
  /** How secrets are called where everybody who sees the repository can read it. */
  readonly names: NameStyle
  /** Whether owners are written as mentions, which tell them. */
  readonly mentions: boolean
}

/** The label by which our issues are listed. Setting one takes triage rights: it must not be in a form that strangers open issues with. */
export const OWN_LABEL = {
  name: 'sealward',
  color: '5319e7',
  description: 'Kept up to date by Sealward; do not set it by hand',
} as const

/** Set by a person, it snoozes what an issue lists. Other numbers of days work too. */
export const SNOOZE_LABEL = {
  name: 'sealward:snooze-30d',
  color: 'c5def5',
  description: 'Sealward leaves it alone for 30 days, or until it gets worse',
} as const

/**
 * @param visibility of the repository; null when it is not known, which counts as public
 * @returns the settings of sealward.yml, with what the repository decides where nothing is written
 */
export function issueSettings(
  check: { readonly issues: IssueMode; readonly names: NameStyle | null },
  visibility: 'public' | 'private' | null,
): IssueSettings {
  const among = visibility === 'private'
  return { mode: check.issues, names: check.names ?? (among ? 'full' : 'hashed'), mentions: among }
}
