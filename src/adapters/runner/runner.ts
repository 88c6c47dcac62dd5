import { type Command, type CommandProperties, printCommand, printPlain } from './commands.ts'
import { appendPairs, appendSummary } from './file-commands.ts'

type Pairs = Iterable<readonly [string, string]>

/** The Actions runner that started this step, spoken to on stdout alone: two streams have no common order. */
export interface Runner {
  /** Hides strings in everything the job prints from now on; one write for all of them. */
  mask(secrets: readonly string[]): void
  /** Sets outputs of this step and variables of later steps; each in one write. */
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
  const write = (text: string) => void process.stdout.write(text)
  return {
    mask: (secrets) => write(secrets.map((secret) => printCommand('add-mask', secret)).join('')),
    set({ outputs, environment }) {
      appendPairs(env.GITHUB_OUTPUT, outputs)
      appendPairs(env.GITHUB_ENV, environment)
    },
    keep: (state) => appendPairs(env.GITHUB_STATE, state),
    summarise: (markdown) => appendSummary(env.GITHUB_STEP_SUMMARY, markdown),
    annotate: (command, message, properties) => write(printCommand(command, message, properties)),
    say: (text) => write(printPlain(text)),
  }
}
