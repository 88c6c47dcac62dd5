import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

/** A server that a test started, in the way of its program. */
export interface OwnProcess {
  readonly pid: number
  /** What it said so far. */
  output(): string
  /** Ends it and waits. */
  end(signal?: NodeJS.Signals): Promise<void>
}

const TRIES = 300
const PAUSE_MS = 20

/** A folder, and as whom to work there where that is not who runs the tests. */
export type Place = string | { readonly cwd: string; readonly uid?: number; readonly gid?: number }

/** Starts a program, and waits until somebody listens at the port. */
export async function startProcess(
  command: readonly [string, ...string[]],
  place: Place,
  port: number,
): Promise<OwnProcess> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    ...(typeof place === 'string' ? { cwd: place } : place),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${output}`)
    if (await listens(port)) return { pid: child.pid!, output: () => output, end: (signal) => end(child, signal) }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  child.kill('SIGKILL')
  throw new Error(`${program} does not listen: ${output}`)
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number }
      server.close(() => resolve(port))
    })
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(hard)
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
