import { writeSync } from 'node:fs'
import { SealwardError } from '../../core/errors.ts'
import {
  type Command,
  type CommandProperties,
  printCommand,
  printMasks,
  printPlain,
} from '../../core/report/workflow-command.ts'
import { allOrNothing, appendPairs, appendSummary } from './file-commands.ts'

type Pairs = Iterable<readonly [string, string]>

/** The Actions runner that started this step, spoken to on stdout alone: two streams have no common order. */
export interface Runner {
  /** Hides strings in everything the job prints from now on; one write for all of them. */
  mask(secrets: readonly string[]): void
  /** Sets outputs of this step and variables of later steps: all of them, or none when a file cannot be written. */
  set(values: { readonly outputs: Pairs; readonly environment: Pairs }): void
  /** Leaves state for this action's post step, as STATE_ and the name. It shows in debug logs: never a secret. */
  keep(state: Pairs): void
  /** Adds Markdown to the job's summary, where there is one. */
  summarise(markdown: string): void
  annotate(command: Exclude<Command, 'add-mask'>, message: string, properties?: CommandProperties): void
  /** An ordinary line, which can never be read as a command. */
  say(text: string): void
}

export function openRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  return {
    mask: (secrets) => write(printMasks(secrets)),
    set({ outputs, environment }) {
      allOrNothing([env.GITHUB_OUTPUT, env.GITHUB_ENV], () => {
        appendPairs(env.GITHUB_OUTPUT, outputs)
        appendPairs(env.GITHUB_ENV, environment)
      })
    },
    keep: (state) => appendPairs(env.GITHUB_STATE, state),
    summarise: (markdown) => appendSummary(env.GITHUB_STEP_SUMMARY, markdown),
    annotate: (command, message, properties) => write(printCommand(command, message, properties)),
    say: (text) => write(printPlain(text)),
  }
}

const STDOUT = 1

/**
 * Writes to the end before it returns. A stream reports a log that cannot be written only later, when variables without a mask would
 * be in the environment already.
 */
function write(text: string): void {
  let rest = Buffer.from(text, 'utf8')
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException
      if (code !== 'EAGAIN') throw new SealwardError('io', `the log cannot be written (${code})`)
    }
  }
}
