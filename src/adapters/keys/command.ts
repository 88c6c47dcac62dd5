import type { KeyText } from '../../tasks/world.ts'
import { splitWords } from './words.ts'

export interface KeyCommand {
  readonly command: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** How long it may take; it may have to ask its user for a PIN. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 30_000
const OUTPUT_LIMIT = 1024 * 1024

/**
 * Runs the command that prints identities (SOPS_AGE_KEY_CMD), without a shell and with no input.
 *
 * What it writes to stderr is dropped: it may hold a part of the key, and an error message ends up in a log. A command that
 * fails gives no text and a warning that says how.
 */
export async function readCommand({ command, env, timeoutMs = TIMEOUT_MS }: KeyCommand): Promise<KeyText> {
  const [program, ...args] = splitWords(command) ?? []
  if (program === undefined) return { text: '', warning: 'the command is empty, or a quote in it is not closed' }
  // Loaded here, because loading it costs every other command 2 ms of its 22.
  const { execFile } = await import('node:child_process')
  const options = {
    env: { ...env },
    timeout: timeoutMs,
    maxBuffer: OUTPUT_LIMIT,
    killSignal: 'SIGKILL',
    windowsHide: true,
  } as const
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (error, stdout) => {
      resolve(error === null ? { text: stdout } : { text: '', warning: describe(error) })
    })
    child.stdin?.on('error', () => {}) // it may end before it reads
    child.stdin?.end()
  })
}

function describe(error: { readonly code?: unknown; readonly killed?: boolean; readonly signal?: unknown }): string {
  if (error.code === 'ENOENT') return 'the program of the command was not found'
  if (error.code === 'EACCES') return 'the program of the command may not be executed'
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'the command printed more than 1 MiB'
  if (error.killed === true) return 'the command took too long'
  if (typeof error.code === 'number') return `the command failed with status ${error.code}`
  return 'the command could not be run to its end'
}
