import type { CheckReport } from '../check/judged.ts'

/** What receivers of a notification are told of. */
export interface CheckNews {
  /** With the names that may be shown. */
  readonly report: CheckReport
  /** `owner/name` */
  readonly repository: string
  /** Addresses of pages; null where there is none. */
  readonly issue: string | null
  readonly run: string | null
}
