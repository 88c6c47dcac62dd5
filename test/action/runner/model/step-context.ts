import type { SecretMasker } from './masker.ts'
import type { NameMap } from './name-map.ts'
import type { StepLog } from './step-log.ts'

/** What steps leave behind for the steps after them. */
export interface JobState {
  /** The job's own `env:` and everything that steps exported. */
  readonly env: NameMap
  /** What steps exported. */
  readonly exported: NameMap
  /** Folders added to PATH, oldest first; the newest is searched first. */
  readonly path: string[]
  readonly masker: SecretMasker
  /** The data of each `add-mask` command, in order. */
  readonly masks: string[]
}

/** What commands and command files of one step act on. */
export interface StepContext {
  /** The step's `id:`. Without one the job keeps no outputs of it. */
  readonly id: string | null
  readonly job: JobState
  readonly log: StepLog
  /** The `env` context of this step: the job's variables and the step's own on top. */
  readonly env: NameMap
  readonly outputs: NameMap
  /** Intra-action state: main's GITHUB_STATE becomes STATE_* of its post step. */
  readonly state: NameMap
  readonly workspace: string
  /** Whether processed commands are printed too; on from the start under step debug. */
  echo: boolean
  /** Set by a command or a command file that could not be processed. It fails the step whatever the exit code is. */
  failed: boolean
}

/** Exports a variable to this step's context and to every later step. The runner refuses an empty name and no other. */
export function exportVariable(context: StepContext, name: string, value: string): void {
  requireText(name, 'name')
  context.job.env.set(name, value)
  context.job.exported.set(name, value)
  context.env.set(name, value)
  context.log.debug(`${name}='${value}'`)
}

/** Puts a folder in front of PATH for later steps. */
export function prependPath(context: StepContext, folder: string): void {
  const { path } = context.job
  const at = path.indexOf(folder)
  if (at >= 0) path.splice(at, 1)
  path.push(folder)
}

/** Stores an output of the step. Throws on an empty name. */
export function setOutput(context: StepContext, name: string, value: string): void {
  requireText(name, 'name')
  context.outputs.set(name, value)
}

/** Throws, in .NET's words, when a required text is empty. */
export function requireText(text: string, parameter: string): void {
  if (text === '') throw new Error(`Value cannot be null. (Parameter '${parameter}')`)
}
