import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Children } from '../../tasks/world.ts'

/** What a terminal or a supervisor may send and a child should get. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const

const NOT_EXECUTABLE = 126
const NOT_FOUND = 127

/** Starts commands without a shell: nothing in a value or an argument is ever interpreted. */
export function openChildren(environment: Readonly<Record<string, string | undefined>>): Children {
  return { run: (command, variables) => run(command, { ...environment, ...variables }) }
}

async function run(command: readonly string[], env: Record<string, string | undefined>): Promise<number> {
  const [program, ...args] = command
  const child = await start(program!, args, env)
  return new Promise((resolve) => {
    const stopForwarding = forwardSignals(child)
    child.once('error', (error: NodeJS.ErrnoException) => {
      stopForwarding()
      resolve(error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE)
    })
    child.once('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0))
    })
  })
}

/** On Windows, `npm` is a .cmd file, which only a carefully quoted cmd.exe can start: cross-spawn knows how. */
async function start(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<ChildProcess> {
  const options = { stdio: 'inherit', env } as const
  if (process.platform !== 'win32') return spawn(program, args, options)
  const { default: crossSpawn } = await import('cross-spawn')
  return crossSpawn(program, args, options)
}

function forwardSignals(child: ChildProcess): () => void {
  const listeners = FORWARDED.filter((signal) => signal in constants.signals).map((signal) => {
    const listener = () => child.kill(signal)
    process.on(signal, listener)
    return { signal, listener }
  })
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
}
