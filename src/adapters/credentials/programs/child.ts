import { spawn } from 'node:child_process'

export interface ChildOrder {
  readonly program: string
  readonly args: readonly string[]
  /** Goes to standard input, where no list of processes shows it. */
  readonly input: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** For standard output. */
  readonly maxBytes: number
}

/** How it ended; `stopped` is safe to show, and what it printed is not. */
export type ChildEnd =
  | { readonly kind: 'ended'; readonly status: number; readonly stdout: Buffer; readonly stderr: string }
  | { readonly kind: 'absent' | 'stopped'; readonly why: string }

/** Of what it says on standard error. The rest is read, so that it does not have to wait, and dropped. */
const MAX_STDERR = 4096

/** Names that programs need to find their files, and nothing of the job. */
const USUAL = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'PATHEXT', 'ComSpec']

/** The usual environment of a program, and the variables that are named. */
export function leanEnvironment(names: readonly string[]): Readonly<Record<string, string>> {
  const wanted = [...USUAL, ...names].map((name) => [name, process.env[name]] as const)
  return Object.fromEntries(wanted.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** Runs a program to its end, without a shell. It never throws. */
export function runChild(order: ChildOrder): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const child = spawn(order.program, order.args, { env: order.env, stdio: 'pipe', windowsHide: true })
    const stop = (why: string) => {
      resolve({ kind: 'stopped', why })
      child.kill('SIGKILL')
      // What it started itself may live on and hold them open.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
    }
    const deadline = setTimeout(() => stop('it took too long'), order.timeoutMs)
    const stdout = gather(child.stdout, order.maxBytes, () => stop(`it printed more than ${order.maxBytes} bytes`))
    const stderr = gather(child.stderr, MAX_STDERR, () => {})
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(deadline)
      resolve({
        kind: 'absent',
        why: code === 'ENOENT' ? 'the program was not found' : 'the program could not be started',
      })
    })
    child.once('close', (status, signal) => {
      clearTimeout(deadline)
      if (status === null) resolve({ kind: 'stopped', why: `it was ended by ${signal}` })
      else resolve({ kind: 'ended', status, stdout: stdout(), stderr: stderr().toString('utf8') })
    })
    child.stdin.on('error', () => {}) // it may end before it reads
    child.stdin.end(order.input)
  })
}

/** @returns what gives the bytes so far, as many as there may be */
function gather(stream: NodeJS.ReadableStream, most: number, whenMore: () => void): () => Buffer {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length < most) chunks.push(chunk)
    length += chunk.length
    if (length > most) whenMore()
  })
  stream.on('error', () => {})
  return () => Buffer.concat(chunks).subarray(0, most)
}
