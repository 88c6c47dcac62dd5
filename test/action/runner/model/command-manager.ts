import { type Command, parseCommand } from './command.ts'
import { isBlank, trim } from './dotnet-text.ts'
import { exportVariable, prependPath, requireText, type StepContext, setOutput } from './step-context.ts'
import type { IssueType } from './step-log.ts'

/**
 * Acts on the workflow commands of one step, whichever of its two streams they come from. Each step has a manager of its own,
 * so a step that stopped commands does not silence the next.
 */
export class CommandManager {
  readonly #context: StepContext
  #stopToken: string | null = null

  constructor(context: StepContext) {
    this.#context = context
  }

  /** Takes one line of output. True means that it was a command and is not printed; false means print it as it is. */
  process(line: string): boolean {
    const command = parseCommand(line, (name) => this.#isCommand(name))
    if (command === null) return false
    const name = command.name.toLowerCase()
    if (this.#stopToken !== null) return this.#resume(name, line)
    if (name === STOP) this.#stop(command.data, line)
    else this.#run(COMMANDS[name] as Handler, command, line)
    return true
  }

  #isCommand(name: string): boolean {
    const key = name.toLowerCase()
    return key === STOP || Object.hasOwn(COMMANDS, key) || key === this.#stopToken?.toLowerCase()
  }

  // A token that is empty or itself a command would let any line of a file end the pause, so it is refused. One of more
  // than six characters is masked, or a program that prints its own log could end the pause by accident.
  #stop(token: string, line: string): void {
    const key = token.toLowerCase()
    if (token === '' || key === 'pause-logging' || this.#isCommand(token)) {
      this.#context.failed = true
      this.#context.log.issue('error', 'You cannot use a endToken that is an empty string or another workflow command.')
      return
    }
    this.#stopToken = token
    if (token.length > 6) this.#context.job.masker.add(token)
    this.#context.log.write(line)
  }

  #resume(name: string, line: string): boolean {
    if (name !== this.#stopToken?.toLowerCase()) return false
    this.#context.log.write(line)
    this.#context.log.debug('Resume processing commands')
    this.#stopToken = null
    return true
  }

  #run(handler: Handler, command: Command, line: string): void {
    const context = this.#context
    if (context.echo && handler.echoes) context.log.write(line)
    try {
      handler.run(context, command)
    } catch (error) {
      context.log.issue('error', `Unable to process command '${line}' successfully.`)
      context.log.issue('error', (error as Error).message)
      context.failed = true
    }
  }
}

interface Handler {
  /** Whether `::echo::on` prints the command's own line. It never prints one that may hold a secret or is a log line. */
  readonly echoes: boolean
  readonly run: (context: StepContext, command: Command) => void
}

const STOP = 'stop-commands'

const COMMANDS: Readonly<Record<string, Handler>> = {
  'add-mask': { echoes: false, run: addMask },
  debug: { echoes: false, run: (context, { data }) => context.log.debug(data) },
  notice: { echoes: false, run: (context, command) => addIssue(context, 'notice', command) },
  warning: { echoes: false, run: (context, command) => addIssue(context, 'warning', command) },
  error: { echoes: false, run: (context, command) => addIssue(context, 'error', command) },
  group: { echoes: true, run: (context, { data }) => context.log.write(`##[group]${data}`) },
  endgroup: { echoes: true, run: (context) => context.log.write('##[endgroup]') },
  echo: { echoes: true, run: setEcho },
  'set-output': { echoes: true, run: legacySetOutput },
  'save-state': { echoes: true, run: legacySaveState },
  'set-env': { echoes: true, run: legacySetEnv },
  'add-path': { echoes: true, run: legacyAddPath },
  // Problem matchers are recognised, so that the line is swallowed as on a runner; what they match is not modelled.
  'add-matcher': { echoes: true, run: () => {} },
  'remove-matcher': { echoes: true, run: () => {} },
}

function addMask(context: StepContext, { data }: Command): void {
  if (isBlank(data)) {
    context.log.issue('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
    return
  }
  if (context.echo) context.log.write('::add-mask::***')
  context.job.masks.push(data)
  context.job.masker.addWithLines(data)
}

function addIssue(context: StepContext, type: IssueType, { data, properties }: Command): void {
  const file = properties.get('file')
  if (file?.startsWith(`${context.workspace}/`)) properties.set('file', file.slice(context.workspace.length + 1))
  context.log.issue(type, data, properties.toRecord())
}

function setEcho(context: StepContext, { data }: Command): void {
  requireText(data, 'value')
  const value = trim(data).toUpperCase()
  if (value !== 'ON' && value !== 'OFF') {
    throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`)
  }
  context.echo = value === 'ON'
  context.log.debug(`Setting echo command value to '${value.toLowerCase()}'`)
}

function legacySetOutput(context: StepContext, command: Command): void {
  warnDeprecated(context, command)
  const name = requireName(command)
  setOutput(context, name, command.data)
  context.log.debug(`steps.${context.id ?? ''}.outputs.${name}='${command.data}'`)
}

function legacySaveState(context: StepContext, command: Command): void {
  warnDeprecated(context, command)
  const name = requireName(command)
  context.state.set(name, command.data)
  context.log.debug(`Save intra-action state ${name} = ${command.data}`)
}

// Disabled since CVE-2020-15228, unless a variable opts in. That variable can itself come from GITHUB_ENV.
function legacySetEnv(context: StepContext, command: Command): void {
  refuseUnlessUnsecure(context, command)
  const name = requireName(command)
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    context.log.issue('error', "Can't update NODE_OPTIONS environment variable using ::set-env:: command.")
  } else {
    exportVariable(context, name, command.data)
  }
}

function legacyAddPath(context: StepContext, command: Command): void {
  refuseUnlessUnsecure(context, command)
  requireText(command.data, 'path')
  prependPath(context, command.data)
}

function refuseUnlessUnsecure(context: StepContext, { name }: Command): void {
  const optIn = trim(context.env.get('ACTIONS_ALLOW_UNSECURE_COMMANDS') ?? '').toLowerCase()
  if (optIn !== 'true')
    throw new Error(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`)
}

function warnDeprecated(context: StepContext, { name }: Command): void {
  context.log.issue('warning', `The \`${name}\` command is deprecated and will be disabled soon.`)
}

function requireName({ name, properties }: Command): string {
  const required = properties.get('name') ?? ''
  if (required === '') throw new Error(`Required field 'name' is missing in ##[${name}] command.`)
  return required
}
