import { randomBytes } from 'node:crypto'
import { isCredentialName } from '../../../core/credential/record/place.ts'
import { SealwardError } from '../../../core/errors.ts'
import { printable } from '../../../core/report/printable.ts'
import type { RotationLocks } from '../../../tasks/world/git/rotation-branch.ts'
import type { Clock, Teller } from '../../../tasks/world.ts'
import { makeCommit } from './make-commit.ts'
import type { RotationRepository } from './repository.ts'

export interface RotationLockOptions {
  /** Who locks, for whoever meets the lock: the page of a run, or the name of a machine. Never a secret. */
  readonly holder: string
  readonly clock: Clock
  readonly teller: Pick<Teller, 'warn'>
}

const PREFIX = 'refs/sealward/lock/'
const HOUR = 60 * 60 * 1000
const HOLDER_CHARACTERS = 200
const SUBJECT = 'A rotation of Sealward holds this lock'

/**
 * Locks are names beside the branches, `refs/sealward/lock/<name>`, at the remote where there is one. Only who makes the name has the lock:
 * git lets one of several do it. Each leads to a commit that says who, since when, and a number that no other has.
 */
export function openRotationLocks(repository: RotationRepository, options: RotationLockOptions): RotationLocks {
  return {
    async within(name, work) {
      if (!isCredentialName(name)) throw new SealwardError('usage', 'is no name of a credential')
      const lock = await take(`${PREFIX}${name}`, repository, options)
      try {
        return await work()
      } finally {
        await release(lock, repository, options)
      }
    },
  }
}

interface Lock {
  readonly ref: string
  readonly id: string
}

async function take(ref: string, repository: RotationRepository, options: RotationLockOptions): Promise<Lock> {
  const { refs, git, author } = repository
  const now = options.clock.now()
  const lines = [
    `holder: ${shown(options.holder)}`,
    `since: ${now.toISOString()}`,
    `number: ${randomBytes(16).toString('hex')}`,
  ]
  const message = `${SUBJECT}\n\n${lines.join('\n')}\n`
  const id = await makeCommit(git, { parent: null, changes: new Map(), message }, author)
  if (await refs.move(ref, null, id)) return { ref, id }
  const there = (await refs.look([ref])).get(ref) ?? null
  // A push whose answer was lost may have been done all the same, and a second one found what the first had made.
  if (there === id) return { ref, id }
  // It went while we looked: whoever had it is done, and the next try is for the next run.
  if (there === null) throw held({ ref, holder: null, since: now }, now)
  const { holder, since } = await readLock(repository, ref, there)
  const isOld = since !== null && now.getTime() - since.getTime() > HOUR
  if (isOld && (await refs.move(ref, there, id))) {
    options.teller.warn(`the lock of ${shown(holder)} is older than an hour, and was taken over`)
    return { ref, id }
  }
  throw held({ ref, holder, since }, now)
}

/** A lock that stays is taken over in an hour. What was done under it is done. */
async function release(
  { ref, id }: Lock,
  { refs }: RotationRepository,
  { teller }: RotationLockOptions,
): Promise<void> {
  try {
    if (await refs.move(ref, id, null)) return
    teller.warn(`${ref} was taken over by somebody else meanwhile: this run took longer than an hour`)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    teller.warn(`${ref} could not be given back (${error.message}): it is taken over in an hour`)
  }
}

/** Whoever may push can write anything there. */
async function readLock(
  { git, refs }: RotationRepository,
  ref: string,
  id: string,
): Promise<{ readonly holder: string; readonly since: Date | null }> {
  try {
    await refs.bring(new Map([[ref, id]]))
    const text = (await git.ask(['cat-file', 'commit', id], { maxBytes: 16 * 1024 })).toString('utf8')
    const since = new Date(/^since: (\S{1,40})$/m.exec(text)?.[1] ?? '')
    return {
      holder: /^holder: (.+)$/m.exec(text)?.[1] ?? 'somebody',
      since: Number.isNaN(since.getTime()) ? null : since,
    }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return { holder: 'somebody', since: null }
  }
}

interface Held {
  readonly ref: string
  /** Null for one who was quicker a moment ago. */
  readonly holder: string | null
  readonly since: Date | null
}

/** One that was made by a clock that is ahead, or by hand, gets old late or never: only a person can end it. */
function held({ ref, holder, since }: Held, now: Date): SealwardError {
  const who = holder === null ? 'somebody else' : shown(holder)
  const isOdd = since === null || since.getTime() > now.getTime() + HOUR
  return new SealwardError(
    'locked',
    `it is being rotated since ${since?.toISOString() ?? 'an unknown time'} by ${who}`,
    {
      hint: isOdd
        ? `it does not say since when, or a time that is to come, and is not taken over: if nothing runs, delete ${ref} at the remote (git push --delete)`
        : `wait for that run; a lock that is left behind is taken over after an hour, or, when nothing runs, delete ${ref} (git push --delete)`,
    },
  )
}

function shown(holder: string): string {
  return printable(holder).slice(0, HOLDER_CHARACTERS)
}
