import { execFile } from 'node:child_process'
import type { Verdict } from '../../tasks/world/verifier.ts'

type Environment = Readonly<Record<string, string | undefined>>

const TIMEOUT_MS = 60_000
const MOST_BYTES = 1024 * 1024
/** What programs need to find their files. Tokens and keys of the job are not among it. */
const USUAL = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'PATHEXT', 'ComSpec']

/**
 * Runs a program to its end, without a shell, and goes by its status: 0 is well, 1 to 125 is not, and the rest means that it could not be run.
 * What it prints is dropped: it may have read the new credential.
 */
export function verifyByCommand([program = '', ...args]: readonly string[], env: Environment): Promise<Verdict> {
  const options = {
    env: Object.fromEntries(USUAL.map((name) => [name, env[name]])),
    timeout: TIMEOUT_MS,
    maxBuffer: MOST_BYTES,
    killSignal: 'SIGKILL',
    windowsHide: true,
  } as const
  return new Promise((resolve) => {
    try {
      const child = execFile(program, args, options, (error) =>
        resolve(error === null ? { kind: 'passed' } : verdictOn(error)),
      )
      child.stdin?.on('error', () => {}) // it may end before it reads
      child.stdin?.end()
    } catch {
      resolve({ kind: 'unknown', why: 'the command could not be started' })
    }
  })
}

function verdictOn({ code, killed }: { readonly code?: unknown; readonly killed?: boolean }): Verdict {
  if (code === 'ENOENT' || code === 127) return { kind: 'unknown', why: 'the program of the command was not found' }
  if (killed === true) return { kind: 'unknown', why: 'the command took too long' }
  if (typeof code !== 'number') return { kind: 'unknown', why: 'the command could not be run to its end' }
  if (code > 125) return { kind: 'unknown', why: `the command ended with status ${code}` }
  return { kind: 'failed', why: `the command failed with status ${code}` }
}
