import { delimiter } from 'node:path'
import { type ChildOutcome, runChild } from './host/child.ts'
import { type CommandFiles, createCommandFiles, processCommandFiles } from './host/file-commands.ts'
import { CommandManager } from './model/command-manager.ts'
import type { RunnerOs } from './model/file-grammar.ts'
import { NameMap } from './model/name-map.ts'
import type { StepContext } from './model/step-context.ts'
import type { Annotation } from './model/step-log.ts'

type Conclusion = 'success' | 'failure' | 'skipped'

/** What came of one step. */
export interface StepResult {
  readonly name: string
  readonly id: string | null
  /** What the step did by itself. */
  readonly outcome: Conclusion
  /** What counts for the job: `success` instead of `failure` under continue-on-error. */
  readonly conclusion: Conclusion
  /** Null when the step was skipped, could not start, or ran out of time. */
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly annotations: readonly Annotation[]
  /** Masked, as the page shows it. */
  readonly summary: string
  /** The step's part of the log: masked, commands taken out, `with:` and `env:` blocks in. */
  readonly log: string
  /** Both streams as the process wrote them: unmasked. Only for tests that look for what could leak. */
  readonly stdout: string
  readonly stderr: string
}

/** How to run one step. */
export interface StepPlan {
  readonly name: string
  readonly context: StepContext
  readonly kind: 'action' | 'post' | 'script'
  /** Prints what the runner prints before a step: its group with the script or inputs, and the `env:` block. */
  readonly header: () => void
  readonly command: string
  readonly args: readonly string[]
  /** INPUT_* variables. */
  readonly inputs: Readonly<Record<string, string>>
  /** `github` and `runner` contexts as variables, set again at each step over whatever was exported. */
  readonly contexts: Readonly<Record<string, string>>
  /** The environment of the runner itself. */
  readonly machine: Readonly<Record<string, string>>
  readonly temp: string
  readonly os: RunnerOs
  readonly timeoutMs: number
  readonly continueOnError: boolean
}

/** Runs one step as the runner does: fresh command files, the process, its commands as they come, then the files. */
export async function runStep(plan: StepPlan): Promise<StepResult> {
  const { context } = plan
  const files = await createCommandFiles(plan.temp)
  plan.header()
  const commands = new CommandManager(context)
  const child = await runChild({
    command: plan.command,
    args: plan.args,
    cwd: context.workspace,
    env: stepEnvironment(plan, files),
    timeoutMs: plan.timeoutMs,
    onLine: (line) => {
      if (!commands.process(line)) context.log.write(line)
    },
  })
  const succeeded = judge(plan, child)
  const summary = await processCommandFiles(files, context, plan.os)
  const outcome = succeeded && !context.failed ? 'success' : 'failure'
  return {
    name: plan.name,
    id: context.id,
    outcome,
    conclusion: plan.continueOnError ? 'success' : outcome,
    exitCode: child.kind === 'exited' ? child.exitCode : null,
    outputs: context.outputs.toRecord(),
    annotations: context.log.annotations,
    summary,
    log: context.log.text,
    stdout: child.stdout,
    stderr: child.stderr,
  }
}

/** The result of a step whose `if:` was false. Nothing is logged for it. */
export function skippedStep(name: string, id: string | null): StepResult {
  const nothing = { exitCode: null, outputs: {}, annotations: [], summary: '', log: '', stdout: '', stderr: '' }
  return { name, id, outcome: 'skipped', conclusion: 'skipped', ...nothing }
}

// The order is the runner's and decides who wins: exported and step variables, state, inputs, PATH, contexts. The system
// cuts a value at a NUL and has no place for a name that holds one.
function stepEnvironment(plan: StepPlan, files: CommandFiles): Record<string, string> {
  const { context } = plan
  const env = new NameMap(plan.os === 'windows', plan.machine).merge(context.env.pairs())
  env.merge(context.state.pairs().map(([name, value]) => [`STATE_${name}`, value]))
  env.merge(Object.entries(plan.inputs))
  const added = context.job.path.toReversed()
  if (added.length > 0) env.set('PATH', [...added, env.get('PATH') ?? ''].join(delimiter))
  env.merge(Object.entries(plan.contexts))
  env.merge(Object.entries(files).map(([name, file]) => [`GITHUB_${name.toUpperCase()}`, file]))
  env.set('GITHUB_ACTIONS', 'true')
  if (env.get('CI') === undefined) env.set('CI', 'true')
  const usable = env.pairs().filter(([name]) => !name.includes('\0'))
  return Object.fromEntries(usable.map(([name, value]) => [name, value.split('\0')[0] as string]))
}

function judge({ name, kind, context, timeoutMs, command }: StepPlan, child: ChildOutcome): boolean {
  const { log } = context
  switch (child.kind) {
    case 'timed-out':
      log.issue('error', `The action '${name}' has timed out after ${timeoutMs / 1000} seconds.`)
      return false
    case 'not-started':
      log.issue('error', `An error occurred trying to start process '${command}'. ${child.reason}`)
      return false
    case 'exited':
      if (kind !== 'script') log.debug(`Node Action run completed with exit code ${child.exitCode}`)
      else if (child.exitCode !== 0) log.issue('error', `Process completed with exit code ${child.exitCode}.`)
      return child.exitCode === 0
  }
}
