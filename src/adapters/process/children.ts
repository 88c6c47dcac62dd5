import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { SealwardError } from '../../core/errors.ts'
import type { Filter } from '../../core/redact/filter.ts'
import type { Children } from '../../tasks/world.ts'
import { pump } from './pump.ts'

/** What a terminal or a supervisor may send and a child should get. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const

/** What Ctrl-C and Ctrl-\ in a terminal send, to this process and to the child alike. */
const FROM_KEYBOARD: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']

const NOT_EXECUTABLE = 126
const NOT_FOUND = 127

type Environment = Readonly<Record<string, string | undefined>>
type OpenFilter = (() => Filter) | undefined
type Spawn = (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess

/** Starts commands without a shell: nothing in a value or an argument is ever interpreted. */
export function openChildren(environment: Environment): Children {
  return {
    run: async (command, variables, openFilter) =>
      run(await spawner(), command, { env: { ...environment, ...variables }, openFilter }),
  }
}

/** On Windows, `npm` is a .cmd file, which only a carefully quoted cmd.exe can start: cross-spawn knows how. */
async function spawner(): Promise<Spawn> {
  return process.platform === 'win32' ? (await import('cross-spawn')).default : spawn
}

/** Node reports some failures to start by throwing, others by an event. */
function run(
  start: Spawn,
  [program, ...args]: readonly string[],
  { env, openFilter }: { readonly env: Environment; readonly openFilter: OpenFilter },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const forwarding = forwardSignals()
    const fail = ({ code }: NodeJS.ErrnoException) => {
      forwarding.stop()
      if (code === 'E2BIG') reject(tooBig())
      else resolve(code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE)
    }
    try {
      const piped = openFilter === undefined ? 'inherit' : 'pipe'
      const child = start(program!, args, { stdio: ['inherit', piped, piped], env })
      forwarding.to(child)
      const printed = printThrough(child, openFilter)
      child.once('error', fail)
      child.once('exit', (code, signal) => {
        printed.then(() => {
          forwarding.stop()
          resolve(code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0))
        }, reject)
      })
    } catch (error) {
      fail(error as NodeJS.ErrnoException)
    }
  })
}

/** Ends when both streams do, which is when the last process that has them has gone. */
async function printThrough({ stdout, stderr }: ChildProcess, openFilter: OpenFilter): Promise<void> {
  if (openFilter === undefined || stdout === null || stderr === null) return
  await Promise.all([pump(stdout, openFilter(), process.stdout), pump(stderr, openFilter(), process.stderr)])
}

/**
 * Begins before the child does: a signal between the two would end this process and leave the child behind.
 *
 * In a terminal the child gets what the keyboard sends by itself, being in the same process group. Passed on as well, one Ctrl-C would
 * arrive twice, and many programs take the second for "do not clean up, stop".
 */
function forwardSignals(): { to(child: ChildProcess): void; stop(): void } {
  let target: ChildProcess | undefined
  const terminal = [0, 1, 2].some((stream) => isatty(stream))
  const listeners = FORWARDED.filter((signal) => signal in constants.signals).map((signal) => {
    const passOn = !(terminal && FROM_KEYBOARD.includes(signal))
    const listener = () => void (passOn && target?.kill(signal))
    process.on(signal, listener)
    return { signal, listener }
  })
  return {
    to: (child) => {
      target = child
    },
    stop: () => {
      for (const { signal, listener } of listeners) process.off(signal, listener)
    },
  }
}

function tooBig(): SealwardError {
  return new SealwardError('limit', 'the arguments and variables are more than this system lets a command have', {
    hint: 'leave the longest values out, and decrypt them to a file where they are needed',
  })
}
