import type { CheckReport } from '../check/judged.ts'
import type { LockdownPolicy } from '../policy/sections/lockdown.ts'

/** What issues are kept by. */
export interface IssueReport extends CheckReport {
  /**
   * Whether what has this id and is not in the report is not there any more. Absent: it is not, when everything was looked at, which a
   * report without notes says.
   */
  readonly isSettled?: (id: string) => boolean
  /** That of sealward.yml; null where there is none. Absent where nobody looked. */
  readonly lockdown?: LockdownPolicy | null
}
