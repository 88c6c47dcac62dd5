import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { SealwardError } from '../../core/errors.ts'

/** Where git runs. What is absent is as in this process: git gave it to the hook, and names the index with it. */
export interface GitPlace {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Then it is ended. */
  readonly timeoutMs?: number
}

/** How a git process ended. */
export interface GitEnd {
  readonly status: number
  /** Its beginning. */
  readonly stderr: string
}

export interface GitChild {
  readonly stdin: Writable
  readonly stdout: Readable
  /** @throws SealwardError git when it could not start, or was ended by a signal */
  end(): Promise<GitEnd>
  /** @throws SealwardError git also when it did not exit with 0 */
  done(): Promise<void>
  stop(): void
}

const STDERR_CHARACTERS = 64 * 1024
const SAID_CHARACTERS = 2000

/** Starts git. What it was told is in `args` alone; no shell is involved. */
export function startGit(args: readonly string[], { cwd, env, timeoutMs }: GitPlace = {}): GitChild {
  const child = spawn('git', args, {
    ...{ stdio: 'pipe', windowsHide: true },
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  })
  const ended = new Promise<number | Error>((resolve) => {
    child.on('error', resolve)
    child.on('close', (code, signal) => resolve(code ?? new Error(`ended by ${signal}`)))
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_CHARACTERS) stderr += text
  })
  // EPIPE when git ends before it has read everything: how it ended tells why.
  child.stdin.on('error', () => {})
  const end = async () => {
    const status = await ended
    if (typeof status !== 'number') throw notRun(args, status)
    return { status, stderr }
  }
  return {
    ...{ stdin: child.stdin, stdout: child.stdout, end },
    async done() {
      const { status, stderr } = await end()
      if (status !== 0) throw failed(args, status, stderr)
    },
    stop() {
      child.kill()
    },
  }
}

/**
 * Runs git and collects what it prints.
 *
 * @throws SealwardError git, or limit past `maxBytes`
 */
export async function readGit(args: readonly string[], maxBytes: number): Promise<Buffer> {
  const child = startGit(args)
  child.stdin.end()
  const printed = await readPrinted(child, { args, maxBytes })
  await child.done()
  return printed
}

/** All that git prints. @throws SealwardError limit past `maxBytes`; it is ended then */
export async function readPrinted(
  child: GitChild,
  { args, maxBytes }: { readonly args: readonly string[]; readonly maxBytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) {
      child.stop()
      throw new SealwardError('limit', `git ${verbOf(args)} printed more than ${maxBytes} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The command's name, behind the options of git itself. */
function verbOf(args: readonly string[]): string {
  return args.find((arg) => /^[a-z]+(?:-[a-z]+)*$/.test(arg)) ?? ''
}

function notRun(args: readonly string[], why: Error): SealwardError {
  if ('code' in why && why.code === 'ENOENT')
    return new SealwardError('git', 'git was not found', { hint: 'put the folder that holds git on PATH' })
  return new SealwardError('git', `git ${verbOf(args)} did not end by itself (${why.message})`)
}

function failed(args: readonly string[], status: number, stderr: string): SealwardError {
  const said = stderr.trim().split('\n', 1)[0]!.slice(0, SAID_CHARACTERS)
  const why = `git ${verbOf(args)} failed (exit status ${status})`
  return othersRepository(stderr) ?? new SealwardError('git', why, said === '' ? {} : { hint: `git says: ${said}` })
}

/** In a container a job has often another user than the checkout. git says what to do, with a path that may hold anything. */
export function othersRepository(stderr: string): SealwardError | null {
  if (!stderr.includes('dubious ownership')) return null
  return new SealwardError('git', 'git refuses a repository that belongs to another user', {
    hint: 'if you trust it, run this first in its folder: git config --global --add safe.directory "$PWD"',
  })
}
