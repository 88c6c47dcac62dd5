import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { LineReader } from '../model/dotnet-text.ts'

/** A process to run for a step. */
export interface ChildRequest {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Called with each line of either stream, as it arrives. */
  readonly onLine: (line: string) => void
}

/** How it went, and both streams as they were, unmasked. */
export type ChildOutcome = (
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'not-started'; readonly reason: string }
) & { readonly stdout: string; readonly stderr: string }

// How long a process may keep running after SIGINT, and its streams may stay open after it ended.
const GRACE_MS = 2000

/** Runs a process to its end, or to the end of its time. Never throws: a process that cannot start is an outcome. */
export function runChild(request: ChildRequest): Promise<ChildOutcome> {
  let child: ChildProcess
  try {
    child = start(request)
  } catch (error) {
    // Node throws E2BIG here: Linux refuses an argument or variable of 128 KiB, and about 2 MiB in all.
    return Promise.resolve({ kind: 'not-started', reason: reasonOf(error), stdout: '', stderr: '' })
  }
  const stdout = collect(child.stdout as Readable, request.onLine)
  const stderr = collect(child.stderr as Readable, request.onLine)
  return new Promise((resolve) => {
    let timedOut = false
    const timers: NodeJS.Timeout[] = []
    const later = (ms: number, action: () => void) => timers.push(setTimeout(action, ms))
    const settle = (outcome: ChildOutcome) => {
      for (const timer of timers) clearTimeout(timer)
      resolve(outcome)
    }
    later(request.timeoutMs, () => {
      timedOut = true
      signalGroup(child, 'SIGINT')
      later(GRACE_MS, () => signalGroup(child, 'SIGKILL'))
    })
    // A background process that holds the streams open must not hang the job. It is in the step's group, so the group's
    // number is still taken and the signal reaches no stranger.
    child.on('exit', () =>
      later(GRACE_MS, () => {
        signalGroup(child, 'SIGKILL')
        child.stdout?.destroy()
        child.stderr?.destroy()
      }),
    )
    child.on('error', (error) => settle({ kind: 'not-started', reason: reasonOf(error), stdout: '', stderr: '' }))
    child.on('close', (code, signal) => {
      const streams = { stdout: stdout.finish(), stderr: stderr.finish() }
      if (timedOut) settle({ kind: 'timed-out', ...streams })
      else settle({ kind: 'exited', exitCode: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], ...streams })
    })
  })
}

// A group of its own, so that ending a step ends what the step started and nothing else.
function start({ command, args, cwd, env }: ChildRequest): ChildProcess {
  const detached = process.platform !== 'win32'
  return spawn(command, args, { cwd, env, detached, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-(child.pid as number), signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

// .NET decodes each stream as UTF-8 and drops a byte order mark at its start.
function collect(stream: Readable, onLine: (line: string) => void): { finish: () => string } {
  const reader = new LineReader()
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const read = text === '' ? chunk.replace(/^\uFEFF/, '') : chunk
    text += chunk
    for (const line of reader.push(read)) onLine(line)
  })
  return {
    finish: () => {
      for (const line of reader.end()) onLine(line)
      return text
    },
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'E2BIG' ? 'Argument list too long' : message
}
