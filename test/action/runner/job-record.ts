import { SecretMasker } from './model/masker.ts'
import { NameMap } from './model/name-map.ts'
import type { JobState } from './model/step-context.ts'
import { type Annotation, StepLog } from './model/step-log.ts'
import type { StepResult } from './step.ts'

export type Variables = Readonly<Record<string, string>>

/** What can be seen of a job. It is live: it shows the steps that have run so far. */
export interface JobResult {
  readonly conclusion: 'success' | 'failure'
  /** The whole log: masked, as anyone who may read the run sees it. */
  readonly log: string
  readonly steps: readonly StepResult[]
  /** What steps exported to GITHUB_ENV, without the job's own `env:`. */
  readonly env: Variables
  /** Folders that steps put in front of PATH, the one searched first first. */
  readonly path: readonly string[]
  /** Job outputs that survived the masker. */
  readonly outputs: Variables
  readonly annotations: readonly Annotation[]
  /** The masked summaries of all steps. */
  readonly summary: string
  /** The data of each `add-mask` command, unescaped, in order. */
  readonly masks: readonly string[]
  /** How many literals the masker searches for. */
  readonly maskPatterns: number
}

/** What a job keeps: the state that steps share, their results, and the log they write to. */
export class JobRecord implements JobResult {
  readonly state: JobState
  readonly steps: StepResult[] = []
  readonly jobOutputs = new NameMap(true)
  /** Where the runner writes about the job and not about one step. */
  readonly jobLog: StepLog
  readonly #entries: string[] = []
  readonly #debug: boolean

  constructor(options: { readonly env: Variables; readonly ignoreCase: boolean; readonly debug: boolean }) {
    const env = new NameMap(options.ignoreCase, options.env)
    this.state = { env, exported: new NameMap(options.ignoreCase), path: [], masker: new SecretMasker(), masks: [] }
    this.#debug = options.debug
    this.jobLog = this.newLog()
  }

  /** A log for one step, which also writes to the job's. */
  newLog(): StepLog {
    return new StepLog(this.#entries, this.state.masker, this.#debug)
  }

  get conclusion(): 'success' | 'failure' {
    return this.steps.some((step) => step.conclusion === 'failure') ? 'failure' : 'success'
  }

  get log(): string {
    return this.#entries.join('\n')
  }

  get env(): Variables {
    return this.state.exported.toRecord()
  }

  get path(): readonly string[] {
    return this.state.path.toReversed()
  }

  get outputs(): Variables {
    return this.jobOutputs.toRecord()
  }

  get annotations(): readonly Annotation[] {
    return [...this.steps.flatMap((step) => step.annotations), ...this.jobLog.annotations]
  }

  get summary(): string {
    return this.steps.map((step) => step.summary).join('')
  }

  get masks(): readonly string[] {
    return this.state.masks
  }

  get maskPatterns(): number {
    return this.state.masker.patternCount
  }
}
