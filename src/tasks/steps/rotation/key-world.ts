import type { Ledger } from '../../world/ledger.ts'
import type { UnlockWorld } from '../keys/unlock.ts'
import type { SealedFilesWorld } from './sealed-files.ts'
import type { SubstituteWorld } from './substitute.ts'

/** What the rotation of a key touches. */
export type RotateKeyWorld = UnlockWorld & SubstituteWorld & SealedFilesWorld & { readonly ledger?: Ledger }
