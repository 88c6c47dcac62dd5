import { randomBytes } from 'node:crypto'
import { open, readFile, rename, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { SealwardError } from '../../core/errors.ts'
import { systemError } from './system-error.ts'

const WAIT_MS = 10_000
const POLL_MS = 50

interface Holder {
  readonly pid: number
  readonly host: string
}

/**
 * Runs `work` while holding `PATH.lock`, as git holds `index.lock`. Whoever dies holding it is noticed by its process id, so a
 * crash locks nobody out.
 *
 * @throws SealwardError locked after ten seconds of waiting
 */
export async function holdLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`
  const deadline = Date.now() + WAIT_MS
  while (!(await take(lock))) {
    const holder = await readHolder(lock)
    if (holder !== null && isDead(holder)) await removeStale(lock)
    else if (Date.now() > deadline) throw lockedBy(path, holder)
    else await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await unlink(lock).catch(() => undefined)
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder))
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw systemError(error, 'cannot be locked', lock)
  }
}

async function readHolder(lock: string): Promise<Holder | null> {
  try {
    const holder = JSON.parse(await readFile(lock, 'utf8')) as Partial<Holder>
    return typeof holder.pid === 'number' && typeof holder.host === 'string'
      ? { pid: holder.pid, host: holder.host }
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

/** Two waiters may both see a dead holder; the rename lets one of them win without removing a lock that was just taken. */
async function removeStale(lock: string): Promise<void> {
  const aside = `${lock}.${randomBytes(6).toString('hex')}`
  try {
    await rename(lock, aside)
    const holder = await readHolder(aside)
    if (holder !== null && !isDead(holder)) await rename(aside, lock)
    else await unlink(aside)
  } catch {
    // another waiter was quicker
  }
}

function lockedBy(path: string, holder: Holder | null): SealwardError {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new SealwardError('locked', `is being written by ${who}`, {
    file: path,
    hint: `if nothing is running, delete ${path}.lock`,
  })
}
