import { fstatSync, writeSync } from 'node:fs'
import { openStaged } from '../adapters/git/staged.ts'
import type { Staged } from '../tasks/world-git.ts'

/** What a hook touches. No SDK: whatever is loaded here, every commit waits for. */
export interface World {
  readonly staged: Staged
  readonly now: Date
  /** Where the person stands below the top of the repository: `sub/`, or ''. */
  readonly prefix: string
  /** Since the process began. */
  milliseconds(): number
  /** Writes for the person who commits. Git shows a hook's output on the terminal of the commit. */
  say(text: string): void
  /** Colours text on a terminal that wants colours. no-color.org */
  paint(colour: Colour, text: string): string
}

type Colour = 'red' | 'green'

const CODES: Readonly<Record<Colour, number>> = { red: 31, green: 32 }

export function openWorld(): World {
  const coloured = isTerminal() && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  return {
    staged: openStaged(),
    now: new Date(),
    prefix: process.env.GIT_PREFIX ?? '',
    // Not performance.now(): its first use loads node:perf_hooks.
    milliseconds: () => process.uptime() * 1000,
    say,
    paint: (colour, text) => (coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text),
  }
}

const STANDARD_ERROR = 2

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
