import { randomBytes } from 'node:crypto'
import { open, readFile, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { SealwardError } from '../../core/errors.ts'
import { systemError } from './system-error.ts'

const WAIT_MS = 10_000
const POLL_MS = 50

interface Holder {
  readonly pid: number
  readonly host: string
  /** Tells this holding of the lock from the next by the same process. */
  readonly id: string
}

/**
 * Runs `work` while holding `PATH.lock`, as git holds `index.lock`. Whoever dies holding it is noticed by its process id, so a
 * crash locks nobody out.
 *
 * @throws SealwardError locked after `waitMs`, by default ten seconds
 */
export async function holdLock<T>(path: string, work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
  const lock = `${path}.lock`
  const deadline = Date.now() + waitMs
  while (!(await take(lock, path))) {
    const holder = await readHolder(lock)
    if (holder !== null && isDead(holder) && (await removeStale(lock, holder.id))) continue
    if (Date.now() > deadline) throw lockedBy(path, holder)
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await unlink(lock).catch(() => undefined)
  }
}

/** @returns false when the file is there already, which is what a lock is */
async function take(lock: string, path: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600)
    try {
      const holder: Holder = { pid: process.pid, host: hostname(), id: randomBytes(6).toString('hex') }
      await handle.writeFile(JSON.stringify(holder))
    } catch (error) {
      await unlink(lock).catch(() => undefined) // a full disk must not leave a lock that nobody holds
      throw error
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw systemError(error, 'cannot be locked', path)
  }
}

async function readHolder(lock: string): Promise<Holder | null> {
  try {
    const { pid, host, id } = JSON.parse(await readFile(lock, 'utf8')) as Partial<Holder>
    return typeof pid === 'number' && typeof host === 'string' && /^[0-9a-f]{12}$/.test(id ?? '')
      ? { pid, host, id: id! }
      : null
  } catch {
    return null // just taken and not written yet, or just released
  }
}

/** Signal 0 asks whether a process exists; only this host can answer. */
function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false
  try {
    process.kill(holder.pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/**
 * Several waiters may see the same dead holder, and a slow one would remove the lock of whoever came next. So a lock is removed only
 * by the one that made the file named after its id, and only while the lock still has that id.
 */
async function removeStale(lock: string, id: string): Promise<boolean> {
  const claim = `${lock}.${id}`
  if (!(await take(claim, claim))) return false
  try {
    if ((await readHolder(lock))?.id === id) await unlink(lock)
    return true
  } finally {
    await unlink(claim).catch(() => undefined)
  }
}

function lockedBy(path: string, holder: Holder | null): SealwardError {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new SealwardError('locked', `is being written by ${who}`, {
    file: path,
    hint: `if nothing is running, delete ${path}.lock`,
  })
}
