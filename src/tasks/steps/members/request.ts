import type { Clock, Keys } from '../../world.ts'
import type { CarryOutWorld } from './carry-out.ts'
import type { LeftBehindWorld } from './left-behind.ts'
import type { PolicyFilesWorld } from './policy-files.ts'

/** What every change of members has in common. */
export interface MembersRequest {
  /** The folder whose sealward.yml counts, from the top of the repository. */
  readonly folder: string
  /** Says what would change, and changes nothing. */
  readonly dryRun: boolean
  readonly reason?: string
}

/** All paths are from the top of the repository. */
export type MembersWorld = PolicyFilesWorld &
  CarryOutWorld &
  LeftBehindWorld & { readonly keys: Keys; readonly clock: Clock }
