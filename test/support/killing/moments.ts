import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a process does that others see: it pushes to its remote, or says a piece of something to a system. Its end comes before or after. */
export interface Moment {
  readonly what: 'push' | 'piece'
  readonly when: 'before' | 'after'
  /** Which of them, from 1. */
  readonly at: number
}

type Kind = Pick<Moment, 'what' | 'when'>

const KINDS: readonly Kind[] = (['push', 'piece'] as const).flatMap((what) => [
  { what, when: 'before' },
  { what, when: 'after' },
])

/**
 * Counts what one process at a time does, and ends it with SIGKILL at one of these moments. Who sees a moment reports it: a test by `passes`, a
 * hook of git or a program by the script `moment`. Nothing in the product knows of it.
 */
export class Moments {
  readonly #folder: string

  /** @param folder of its own */
  constructor(folder: string) {
    this.#folder = folder
    writeFileSync(this.script, SCRIPT, { mode: 0o755 })
  }

  /** `moment <what> <when> <label>`, which ends with 1 when the process was ended by it. */
  get script(): string {
    return join(this.#folder, 'moment')
  }

  /** Begins to count anew. */
  arm(doom: Moment | null): void {
    for (const kind of KINDS) rmSync(this.#labels(kind), { force: true })
    writeFileSync(join(this.#folder, 'doom'), doom === null ? '' : textOf(doom, doom.at))
  }

  watch(pid: number): void {
    writeFileSync(join(this.#folder, 'pid'), String(pid))
  }

  /** @returns false when the process was ended by it */
  passes(kind: Kind, label: string): boolean {
    appendFileSync(this.#labels(kind), `${label}\n`)
    if (readFileSync(join(this.#folder, 'doom'), 'utf8') !== textOf(kind, this.labels(kind).length)) return true
    process.kill(Number(readFileSync(join(this.#folder, 'pid'), 'utf8')), 'SIGKILL')
    return false
  }

  /** What was counted so far. */
  labels(kind: Kind): string[] {
    try {
      return readFileSync(this.#labels(kind), 'utf8').split('\n').slice(0, -1)
    } catch {
      return []
    }
  }

  #labels({ what, when }: Kind): string {
    return join(this.#folder, `${what}-${when}`)
  }
}

const SCRIPT = `#!/bin/sh
here=\${0%/*}
echo "$3" >> "$here/$1-$2"
[ "$(cat "$here/doom")" = "$1 $2 $(grep -c '' < "$here/$1-$2")" ] || exit 0
kill -9 "$(cat "$here/pid")"
exit 1
`

function textOf({ what, when }: Kind, at: number): string {
  return `${what} ${when} ${at}`
}
