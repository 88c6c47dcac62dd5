import { fstatSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openCommitMessage } from '../adapters/git/commit-message.ts'
import { openStaged } from '../adapters/git/staged.ts'
import type { CommitMessage, Staged } from '../tasks/world/git/repository.ts'

/** What a hook touches. No SDK: whatever is loaded here, every commit waits for. */
export interface World {
  readonly staged: Staged
  readonly message: CommitMessage
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: Date
  /** Where the person stands below the top of the repository: `sub/`, or ''. */
  readonly prefix: string
  /** Since the process began. */
  milliseconds(): number
  /** Writes for the person who commits. Git shows a hook's output on the terminal of the commit. */
  say(text: string): void
  /**
   * Runs the command beside this program, with this process's standard input, and what it prints on standard error: standard output is
   * git's. Looking through commits needs much that no commit should wait for.
   *
   * @returns its exit status; null when it could not run, or was ended
   */
  sealward(args: readonly string[]): Promise<number | null>
  /** Colours text on a terminal that wants colours. no-color.org */
  paint(colour: Colour, text: string): string
}

type Colour = 'red' | 'green'

const CODES: Readonly<Record<Colour, number>> = { red: 31, green: 32 }

export function openWorld(): World {
  const coloured = isTerminal() && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  return {
    staged: openStaged(),
    message: openCommitMessage(process.env),
    env: process.env,
    now: new Date(),
    prefix: process.env.GIT_PREFIX ?? '',
    // Not performance.now(): its first use loads node:perf_hooks.
    milliseconds: () => process.uptime() * 1000,
    say,
    sealward: runCommand,
    paint: (colour, text) => (coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text),
  }
}

const STANDARD_ERROR = 2

async function runCommand(args: readonly string[]): Promise<number | null> {
  const { spawnSync } = await import('node:child_process')
  const program = join(import.meta.dirname, 'cli.js')
  return spawnSync(process.execPath, [program, ...args], { stdio: ['inherit', STANDARD_ERROR, 'inherit'] }).status
}

/** Not process.stderr.isTTY, whose first use loads node:tty and node:net. What is no terminal among such devices shows nothing. */
function isTerminal(): boolean {
  try {
    return fstatSync(STANDARD_ERROR).isCharacterDevice()
  } catch {
    return false
  }
}

/** The same for process.stderr: it is for a console of Windows, which wants another encoding, and for a reader who is not ready. */
function say(text: string): void {
  const bytes = Buffer.from(text)
  let written = 0
  try {
    while (process.platform !== 'win32' && written < bytes.length) written += writeSync(STANDARD_ERROR, bytes, written)
  } catch {
    // EAGAIN, or nobody reads: the stream knows what to do.
  }
  if (written < bytes.length) process.stderr.write(bytes.subarray(written))
}
