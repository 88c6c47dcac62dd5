import type { ErrorCode } from '../../../src/core/errors.ts'
import type { Variables } from '../runner/job-record.ts'
import type { CaseFolder } from './folder.ts'

/** One attack on a decrypting step. */
export interface HostileCase {
  /** Unique in its family; reads after the family's title. */
  readonly name: string
  /** Fills the case's own folder of the checkout. @returns what a case that is taken exports */
  readonly build: (folder: CaseFolder) => Promise<Variables | undefined> | Variables | undefined
  /** Done after the commit: what an earlier step, an artifact or a cache puts there. */
  readonly plant?: (folder: CaseFolder) => Promise<void> | void
  /** Inputs of the step; `working-directory` and `key` are the folder's and the member's without them. */
  readonly inputs?: Variables | ((folder: CaseFolder) => Variables)
  /** Variables of the step itself, as `env:` gives them. */
  readonly env?: (folder: CaseFolder) => Variables
  /** Whether the masks are out before the refusal, as they are where only writing shows what lies at a path. */
  readonly masked?: boolean
  /** The code that the step is refused with, or `taken` where the file is strange and sound. */
  readonly expected: ErrorCode | 'taken'
  /** Where the case means something: links and odd names in POSIX, /proc on Linux. Default: everywhere. */
  readonly platform?: 'posix' | 'linux'
}

/** Cases that attack the same defence. */
export interface Family {
  readonly title: string
  /** Whether each case has a job of its own: what some of them export makes every later step slow. */
  readonly apart?: boolean
  readonly cases: readonly HostileCase[]
}

/** Whether a case means something on this machine. */
export function isHere({ platform }: HostileCase): boolean {
  if (platform === 'linux') return process.platform === 'linux'
  return platform === undefined || process.platform !== 'win32'
}
