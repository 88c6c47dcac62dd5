import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { WriteOptions } from '../../../src/tasks/world.ts'
import type { Fault } from './faults.ts'

/** One call of the adapter, to be made in a process of its own. */
export interface Task {
  readonly call: 'read' | 'write'
  readonly path: string
  readonly content?: string
  readonly how?: WriteOptions
  /** What befalls the process on the way. */
  readonly fault?: Fault
  /** Root may do anything, so a test of permissions has to be somebody else. */
  readonly ordinaryUser?: boolean
  readonly umask?: number
  /** Waits for this moment, so that several processes start together. */
  readonly startAt?: number
}

/** How it went: `error` when it was refused with a code, `signal` when the process was killed. */
export interface Outcome {
  readonly error: { readonly code: string; readonly message: string } | null
  readonly signal: NodeJS.Signals | null
}

export const CHILD_PROGRAM = join(import.meta.dirname, 'child-program.ts')

export function runInChild(task: Task): Outcome {
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [CHILD_PROGRAM, JSON.stringify(task)], {
    encoding: 'utf8',
  })
  if (signal !== null) return { error: null, signal }
  if (status !== 0) throw new Error(stderr)
  return { error: JSON.parse(stdout) as Outcome['error'], signal: null }
}
