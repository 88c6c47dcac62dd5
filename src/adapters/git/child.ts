import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { SealwardError } from '../../core/errors.ts'

/** A git process. Its environment and folder are this process's own: git gave them to the hook, and they name the index. */
export interface GitChild {
  readonly stdin: Writable
  readonly stdout: Readable
  /** @throws SealwardError git when it could not start or did not exit with 0 */
  done(): Promise<void>
  stop(): void
}

const STDERR_CHARACTERS = 2000

/** Starts git. What it was told is in `args` alone; no shell is involved. */
export function startGit(args: readonly string[]): GitChild {
  const child = spawn('git', args, { stdio: 'pipe', windowsHide: true })
  const ended = new Promise<number | Error>((resolve) => {
    child.on('error', resolve)
    child.on('close', (code, signal) => resolve(code ?? new Error(`ended by ${signal}`)))
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < STDERR_CHARACTERS) complaint += text
  })
  // EPIPE when git ends before it has read everything: `done` tells why it ended.
  child.stdin.on('error', () => {})
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    async done() {
      const end = await ended
      if (end !== 0) throw failed(args, end, complaint)
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
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) {
      child.stop()
      throw new SealwardError('limit', `git ${verb(args)} printed more than ${maxBytes} bytes`)
    }
    chunks.push(chunk)
  }
  await child.done()
  return Buffer.concat(chunks)
}

function failed(args: readonly string[], end: number | Error, complaint: string): SealwardError {
  if (end instanceof Error && 'code' in end && end.code === 'ENOENT')
    return new SealwardError('git', 'git was not found', { hint: 'put the folder that holds git on PATH' })
  const why = end instanceof Error ? end.message : `exit status ${end}`
  const [said] = complaint.trim().split('\n')
  return new SealwardError('git', `git ${verb(args)} failed (${why})`, said ? { hint: `git says: ${said}` } : {})
}

/** The command's name, behind the options of git itself. */
function verb(args: readonly string[]): string {
  return args.find((arg) => /^[a-z]+(?:-[a-z]+)*$/.test(arg)) ?? ''
}
