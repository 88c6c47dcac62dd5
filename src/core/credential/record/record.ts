import { createHash, randomBytes } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import type { Login } from '../change.ts'
import { mayFollow, type Phase } from '../machine/phase.ts'
import type { DriverName, Strategy } from '../target.ts'

/** What anybody can read of a rotation, without a key. */
export interface PlainRecord {
  /** Tells two rotations of one credential apart. Systems that make a value by themselves get it as the name of the request. */
  readonly id: string
  readonly name: string
  /** The encrypted file, from the top of the repository. */
  readonly file: string
  readonly driver: DriverName
  readonly strategy: Strategy
  readonly phase: Exclude<Phase, 'planned'>
  readonly started: Date
  readonly updated: Date
  /** Until when the old one works: a guess in `promoted`, since the grace begins when that has arrived; null before. */
  readonly graceUntil: Date | null
  /** The old one does not get any grace. */
  readonly emergency: boolean
  /** Runs in a row that failed, over all rotations of this credential. */
  readonly failures: number
  /** The code of the last one; null when the last run went well. */
  readonly lastFailure: string | null
}

/** A rotation as it is written down. Whoever can open the file of the credential can open this. */
export interface RotationRecord extends PlainRecord {
  /** The system, the place and the database that it is about: a password made for one is never given to another. */
  readonly target: string
  /** `originOf` the login that the file had when it began; null when it has ended. */
  readonly origin: string | null
  /** What comes, until the rotation has ended. Its password is null until the system has made it. */
  readonly pending: { readonly user: string; readonly password: Secret | null } | null
  /** What was, from the promotion until it is revoked. */
  readonly previous: Login | null
}

const ID_BYTES = 8

/** What is written down first: the new login, before the system knows of it. */
export function newRecord(
  begun: Pick<
    RotationRecord,
    'name' | 'file' | 'driver' | 'strategy' | 'target' | 'pending' | 'emergency' | 'failures'
  > & {
    /** The login that the file has. */
    readonly current: Login
    readonly now: Date
  },
): RotationRecord {
  const { now, current, ...rest } = begun
  return {
    ...rest,
    id: randomBytes(ID_BYTES).toString('hex'),
    origin: originOf(current),
    phase: 'pending-committed',
    ...{ started: now, updated: now, graceUntil: null, lastFailure: null, previous: null },
  }
}

/**
 * The record one phase on.
 *
 * @throws SealwardError internal for a move that is none
 */
export function moved(
  record: RotationRecord,
  phase: PlainRecord['phase'],
  change: Partial<RotationRecord> = {},
): RotationRecord {
  if (!mayFollow(record.phase, phase))
    throw new SealwardError('internal', `a rotation cannot go from ${record.phase} to ${phase}`)
  return { ...record, ...change, phase }
}

/**
 * What ties a record to the login that it began with. Anybody can encrypt a record of their own for the recipients, or commit an old one once more;
 * only who can open the file knows what this has to be.
 */
export function originOf({ user, password }: Login): string {
  return createHash('sha256')
    .update(JSON.stringify([user, password.reveal()]))
    .digest('hex')
}

/** A rotation has ended, and holds no login any more. Where it was stays, encrypted: a file in which nothing is encrypted would look broken. */
export function ended(record: RotationRecord, phase: 'revoked' | 'rolled-back'): RotationRecord {
  return moved(record, phase, { origin: null, pending: null, previous: null, graceUntil: null, emergency: false })
}
