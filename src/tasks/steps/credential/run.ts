import type { Login } from '../../../core/credential/change.ts'
import type { Method } from '../../../core/credential/machine/changes.ts'
import type { RotationRecord } from '../../../core/credential/record/record.ts'
import type { Target } from '../../../core/credential/target.ts'
import type { OpenedFile } from '../../../core/envelope/decrypt.ts'
import type { CredentialRule, RotationPolicy } from '../../../core/policy/sections/rotation.ts'
import type { Secret } from '../../../core/secret.ts'
import type { CredentialSystem, CredentialSystems } from '../../world/credentials.ts'
import type { RotationBranch, RotationLocks, RotationRequests } from '../../world/git/rotation-branch.ts'
import type { Actors } from '../../world/ledger.ts'
import type { Verifier } from '../../world/verifier.ts'
import type { Clock, Configs, Files, Keys, Stop, Teller } from '../../world.ts'

/** Where the rotation of one credential is written down. */
export interface Delivery {
  readonly branch: RotationBranch
  readonly requests: RotationRequests
}

export interface Deliveries {
  /** @param name of the credential */
  open(name: string): Promise<Delivery>
}

/** All paths are from the top of the repository, with '/' separators. */
export interface RotateSecretWorld {
  readonly systems: CredentialSystems
  readonly deliveries: Deliveries
  readonly locks: RotationLocks
  readonly verifier: Verifier
  readonly keys: Keys
  readonly configs: Configs
  /** Of the working tree: certificates of authorities, which are no secrets. */
  readonly files: Pick<Files, 'read'>
  readonly clock: Clock
  readonly actors: Actors
  readonly teller: Teller
  readonly stop: Stop
  /** Is told every password, read or made, before anything else can happen to it: a face that has a log hides it there. */
  hide(secret: Secret): void
}

/** What a person may ask for beyond going on. */
export interface Wishes {
  /** The old one ends as soon as the new one works. */
  readonly emergency: boolean
  /** The old one is put back. */
  readonly rollback: boolean
  /** Failures are forgotten. */
  readonly retry: boolean
  /** Where nothing works any more the admin sets what the rotation knows. */
  readonly force: boolean
  readonly reason: string | null
}

/** One credential, while nobody else rotates it. */
export interface Run extends Delivery {
  readonly rule: CredentialRule
  readonly policy: Pick<RotationPolicy, 'breaker' | 'delivery'>
  /** The encrypted file that has it. */
  readonly file: string
  readonly wishes: Wishes
  readonly world: RotateSecretWorld
}

/** What is on the branch, read at once. */
export interface Standing {
  readonly bytes: Uint8Array
  readonly opened: OpenedFile
  /** As the file has it. */
  readonly current: Login
  readonly target: Target
  readonly method: Method
  /** Null where the login changes itself. */
  readonly admin: Login | null
  readonly system: CredentialSystem
  readonly recordBytes: Uint8Array | null
  /** Null where this credential was never rotated. */
  readonly record: RotationRecord | null
}

/** The same while a rotation is under way, or was. */
export type Underway = Standing & { readonly record: RotationRecord }
