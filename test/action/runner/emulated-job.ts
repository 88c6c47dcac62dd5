import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type InstalledAction, installAction, resolveInputs, warnOfInputs } from './host/installed-action.ts'
import { findProgram, hostOs, type JobFolders, machineEnv } from './host/machine.ts'
import type { Job, JobOptions, RunStep, StepOptions, UsesStep } from './job.ts'
import { JobRecord, type JobResult, type Variables } from './job-record.ts'
import { JobVariables } from './job-variables.ts'
import { trim } from './model/dotnet-text.ts'
import { type ExpressionContext, expand } from './model/expression.ts'
import { NameMap } from './model/name-map.ts'
import type { StepContext } from './model/step-context.ts'
import { runStep, type StepPlan, type StepResult, skippedStep } from './step.ts'
import { firstLine, printActionHeader, printScriptHeader } from './step-header.ts'

/** The one implementation of Job; `startJob` makes it. */
export class EmulatedJob implements Job {
  readonly #options: JobOptions
  readonly #folders: JobFolders
  readonly #record: JobRecord
  readonly #variables: JobVariables
  readonly #machine: Variables
  readonly #ignoreCase: boolean
  readonly #posts: (() => Promise<StepResult>)[] = []
  readonly #installed = new Map<string, InstalledAction>()

  constructor(options: JobOptions, folders: JobFolders, eventPath: string) {
    this.#options = options
    this.#folders = folders
    this.#ignoreCase = (options.os ?? hostOs()) === 'windows'
    const debug = options.runnerDebug === true
    this.#record = new JobRecord({ env: options.env ?? {}, ignoreCase: this.#ignoreCase, debug })
    this.#variables = new JobVariables(options, folders, eventPath)
    this.#machine = { ...machineEnv(folders.home), ...options.machineEnv }
    this.#maskSecrets()
  }

  get workspace(): string {
    return this.#folders.workspace
  }

  get temp(): string {
    return this.#folders.temp
  }

  get home(): string {
    return this.#folders.home
  }

  get result(): JobResult {
    return this.#record
  }

  isFor(sha: string): void {
    this.#variables.isFor(sha)
  }

  mask(text: string): string {
    return this.#record.state.masker.mask(text)
  }

  async uses(step: UsesStep = {}): Promise<StepResult> {
    const reference = this.#options.reference ?? 'octo-org/action@v1'
    const name = step.name ?? `Run ${reference}`
    const action = await this.#install(step.action ?? this.#options.action)
    if (!this.#holds(step.if ?? 'success()')) return this.#keep(skippedStep(name, step.id ?? null))
    const context = this.#newContext(step, step.id ?? null)
    const { metadata, folder, node } = action
    const inputs = resolveInputs(metadata, step.with ?? {}, (text) => expand(text, this.#expressionContext()))
    const plan: StepPlan = {
      ...this.#common(step),
      kind: 'action',
      name,
      context,
      header: () => {
        warnOfInputs(metadata, step.with ?? {}, context.log)
        printActionHeader(context, reference, inputs)
      },
      command: node,
      args: [join(folder, metadata.main)],
      inputs: asVariables(inputs),
      contexts: this.#variables.ofAction(step.id ?? '__action', reference),
    }
    // The post step is due as soon as main starts, so it also runs when main fails.
    this.#registerPost(step, plan, action)
    return this.#keep(await runStep(plan))
  }

  async run(step: RunStep): Promise<StepResult> {
    const name = step.name ?? `Run ${firstLine(step.script)}`
    if (!this.#holds(step.if ?? 'success()')) return this.#keep(skippedStep(name, step.id ?? null))
    const context = this.#newContext(step, step.id ?? null)
    const bash = await findProgram('bash', [...this.#record.path, this.#machine.PATH ?? ''])
    const file = join(this.#folders.temp, `${randomUUID()}.sh`)
    await writeFile(file, step.script)
    const plan: StepPlan = {
      ...this.#common(step),
      kind: 'script',
      name,
      context,
      header: () => printScriptHeader(context, step.script, `${bash} -e {0}`),
      command: bash,
      args: ['-e', file],
      inputs: {},
      contexts: this.#variables.ofScript(step.id ?? '__run'),
    }
    return this.#keep(await runStep(plan))
  }

  outputs(references: Variables): Variables {
    const { jobLog, jobOutputs } = this.#record
    for (const [name, reference] of Object.entries(references)) {
      const value = expand(reference, this.#expressionContext())
      if (value === '') {
        jobLog.debug(`Skip output '${name}' since it's empty`)
      } else if (value !== this.mask(value)) {
        jobLog.issue('warning', `Skip output '${name}' since it may contain secret.`)
      } else {
        jobLog.write(`Set output '${name}'`)
        jobOutputs.set(name, value)
      }
    }
    return jobOutputs.toRecord()
  }

  async finish(): Promise<JobResult> {
    for (let post = this.#posts.pop(); post !== undefined; post = this.#posts.pop()) await post()
    return this.result
  }

  async remove(): Promise<void> {
    await rm(this.#folders.root, { recursive: true, force: true })
  }

  // A post step has its main step's inputs, `env:` and state, and the variables exported since. It has no id, so no outputs.
  #registerPost(step: UsesStep, main: StepPlan, { metadata, folder }: InstalledAction): void {
    const { post, postIf } = metadata
    if (post === null) return
    const name = `Post ${main.name}`
    this.#posts.push(async () => {
      if (!this.#holds(postIf)) return this.#keep(skippedStep(name, null))
      const context = { ...this.#newContext(step, null), state: main.context.state }
      const header = () => context.log.write('Post job cleanup.')
      const args = [join(folder, post)]
      return this.#keep(await runStep({ ...main, kind: 'post', name, context, header, args }))
    })
  }

  // What a runner masks before the first step: secrets whole and by line, and its own tokens.
  #maskSecrets(): void {
    const { masker } = this.#record.state
    for (const value of Object.values(this.#options.secrets ?? {})) masker.addWithLines(trim(value))
    for (const token of this.#variables.tokens()) masker.add(token)
  }

  async #install(source: string | undefined): Promise<InstalledAction> {
    if (source === undefined) throw new Error('neither the job nor the step names an action folder')
    const known = this.#installed.get(source)
    if (known !== undefined) return known
    const action = await installAction(source, this.#folders.actions)
    this.#installed.set(source, action)
    return action
  }

  #newContext(step: StepOptions, id: string | null): StepContext {
    const { state } = this.#record
    const env = new NameMap(this.#ignoreCase).merge(state.env.pairs()).merge(Object.entries(step.env ?? {}))
    return {
      id,
      job: state,
      log: this.#record.newLog(),
      env,
      outputs: new NameMap(true),
      state: new NameMap(true),
      workspace: this.workspace,
      echo: this.#options.runnerDebug === true,
      failed: false,
    }
  }

  #common(step: StepOptions): Pick<StepPlan, 'machine' | 'temp' | 'os' | 'timeoutMs' | 'continueOnError'> {
    return {
      machine: this.#machine,
      temp: this.temp,
      os: this.#options.os ?? hostOs(),
      timeoutMs: step.timeoutMs ?? this.#options.timeoutMs ?? 60_000,
      continueOnError: step.continueOnError === true,
    }
  }

  #expressionContext(): ExpressionContext {
    const steps = this.#record.steps.filter((step) => step.id !== null)
    return {
      github: { ...this.#variables.github, token: this.#variables.token },
      runner: this.#variables.runner,
      env: this.#record.state.env.toRecord(),
      steps: Object.fromEntries(
        steps.map(({ id, outcome, conclusion, outputs }) => [id, { outcome, conclusion, outputs }]),
      ),
    }
  }

  #holds(condition: string): boolean {
    const failed = this.#record.conclusion === 'failure'
    switch (condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim()) {
      case 'success()':
        return !failed
      case 'failure()':
        return failed
      case 'always()':
      case '!cancelled()':
        return true
      case 'cancelled()':
        return false
      default:
        throw new Error(`the emulator cannot evaluate the condition ${condition}`)
    }
  }

  #keep(result: StepResult): StepResult {
    this.#record.steps.push(result)
    return result
  }
}

// A blank in an input's name becomes `_`; a hyphen stays, and such a variable cannot be read by a shell.
function asVariables(inputs: NameMap): Variables {
  return Object.fromEntries(
    inputs.pairs().map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
}
