import { EmulatedJob } from './emulated-job.ts'
import { type JobEvent, makeFolders, writeEvent } from './host/machine.ts'
import type { JobResult, Variables } from './job-record.ts'
import type { RunnerOs } from './model/file-grammar.ts'
import type { StepResult } from './step.ts'

/** The conditions that the emulator knows; `success()` is what a step has without an `if:`. */
type Condition = 'success()' | 'failure()' | 'always()' | 'cancelled()' | '!cancelled()'

export interface JobOptions {
  /** The folder that holds action.yml and dist/, for the steps that do not name another. */
  readonly action?: string
  /** How the workflow names the action. Only shown, and put in GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF. */
  readonly reference?: string
  /** Default: a push without payload. */
  readonly event?: JobEvent
  /** `github` context values by context name, such as `sha` or `ref`. */
  readonly github?: Variables
  /** The job's `env:`. Shown before each step, as all exported variables are. */
  readonly env?: Variables
  /** The values a runner masks before the first step, as it does for `secrets.*`. Pass them on by `with:` or `env:`. */
  readonly secrets?: Variables
  /** `github.token`, masked like a secret. Default: a random one. */
  readonly token?: string
  /** Whose rules for lines and variable names apply. Processes run on this machine whatever is said. */
  readonly os?: RunnerOs
  /** Step debug: ACTIONS_STEP_DEBUG and RUNNER_DEBUG are on. */
  readonly runnerDebug?: boolean
  /** A checkout to work in. Default: a new empty folder. */
  readonly workspace?: string
  /** More environment of the machine that the runner runs on: inherited by steps and not shown. */
  readonly machineEnv?: Variables
  /** The OIDC endpoint of a job with `id-token: write`. */
  readonly idToken?: { readonly url: string; readonly token: string }
  /** The longest a step may take. Default: 60 seconds. */
  readonly timeoutMs?: number
}

export interface StepOptions {
  readonly id?: string
  readonly name?: string
  readonly if?: Condition
  readonly env?: Variables
  readonly continueOnError?: boolean
  readonly timeoutMs?: number
}

export interface UsesStep extends StepOptions {
  /** Input values as they are after `${{ }}` was evaluated. */
  readonly with?: Variables
  /** Another action than the job's. */
  readonly action?: string
}

export interface RunStep extends StepOptions {
  readonly script: string
}

export interface Job {
  readonly workspace: string
  readonly temp: string
  readonly home: string
  /** The commit that the job is for, from now on: a real one is known before the job is. */
  isFor(sha: string): void
  /** Runs an action's main script; its post script waits for `finish`. */
  uses(step?: UsesStep): Promise<StepResult>
  /** Runs a bash script, as `run:` without a `shell:` does: `bash -e`. */
  run(step: RunStep): Promise<StepResult>
  /** Evaluates job outputs such as `{ url: '${{ steps.load.outputs.url }}' }` and returns those that are not dropped. */
  outputs(references: Variables): Variables
  /** Runs the post scripts, last step first. */
  finish(): Promise<JobResult>
  /** What the log would show of a line written now. */
  mask(text: string): string
  /** The job so far; `finish` returns the same. */
  readonly result: JobResult
  /** Deletes every folder of the job. */
  remove(): Promise<void>
}

/** Starts a job: makes its folders, writes the event and masks its secrets. End it with `finish` and then `remove`. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const folders = await makeFolders(options.workspace)
  const event = await writeEvent(folders.temp, options.event ?? { name: 'push' })
  return new EmulatedJob(options, folders, event)
}
