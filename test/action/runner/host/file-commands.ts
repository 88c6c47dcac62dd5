import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readLines } from '../model/dotnet-text.ts'
import { parsePairs, type RunnerOs } from '../model/file-grammar.ts'
import { exportVariable, prependPath, type StepContext, setOutput } from '../model/step-context.ts'

/** The command files of one step: the paths that GITHUB_ENV, GITHUB_OUTPUT and the others hold. */
export type CommandFiles = Readonly<Record<FileCommandName, string>>

type FileCommandName = 'path' | 'env' | 'step_summary' | 'state' | 'output' | 'artifacts' | 'artifacts_list'

const PREFIXES: Readonly<Record<FileCommandName, string>> = {
  path: 'add_path_',
  env: 'set_env_',
  step_summary: 'step_summary_',
  state: 'save_state_',
  output: 'set_output_',
  artifacts: 'artifacts_',
  artifacts_list: 'artifacts_list_',
}

/** Creates a fresh, empty set of command files for a step. */
export async function createCommandFiles(temp: string): Promise<CommandFiles> {
  const folder = join(temp, '_runner_file_commands')
  await mkdir(folder, { recursive: true })
  const suffix = randomUUID()
  const files = Object.entries(PREFIXES).map(([name, prefix]) => [name, join(folder, prefix + suffix)] as const)
  for (const [, file] of files) await writeFile(file, '')
  return Object.fromEntries(files) as CommandFiles
}

/**
 * Reads the files when the step has ended, however it ended, and applies them to the job. A file that cannot be read by the
 * grammar fails the step; what it said before the fault stays applied, and the other files are still read. Returns the
 * step's masked summary.
 */
export async function processCommandFiles(files: CommandFiles, context: StepContext, os: RunnerOs): Promise<string> {
  let summary = ''
  const handlers: readonly (readonly [FileCommandName, (text: string) => void])[] = [
    ['path', (text) => readPath(text, context)],
    ['env', (text) => readEnv(text, context, os)],
    ['step_summary', (text) => (summary = readSummary(text, context))],
    ['state', (text) => readState(text, context, os)],
    ['output', (text) => readOutput(text, context, os)],
  ]
  for (const [name, handle] of handlers) {
    const text = await readOrNull(files[name])
    if (text === null) continue // a step may delete its files
    try {
      handle(text)
    } catch (error) {
      context.log.issue('error', `Unable to process file command '${name}' successfully.`)
      context.log.issue('error', (error as Error).message)
      context.failed = true
    }
  }
  return summary
}

function readPath(text: string, context: StepContext): void {
  for (const line of readLines(text)) if (line !== '') prependPath(context, line)
}

function readEnv(text: string, context: StepContext, os: RunnerOs): void {
  for (const [name, value] of parsePairs(text, os)) {
    // The only name that is refused; the step does not fail for it.
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      context.log.issue('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
    } else {
      exportVariable(context, name, value)
    }
  }
}

function readState(text: string, context: StepContext, os: RunnerOs): void {
  for (const [name, value] of parsePairs(text, os)) {
    context.state.set(name, value)
    context.log.debug(`Save intra-action state ${name} = ${value}`)
  }
}

function readOutput(text: string, context: StepContext, os: RunnerOs): void {
  for (const [name, value] of parsePairs(text, os)) {
    setOutput(context, name, value)
    context.log.debug(`Set output ${name} = ${value}`)
  }
}

const MAX_SUMMARY = 1024 * 1024

function readSummary(text: string, context: StepContext): string {
  const size = Buffer.byteLength(text)
  if (size > MAX_SUMMARY) {
    const [limit, got] = [MAX_SUMMARY / 1024, Math.floor(size / 1024)]
    context.log.issue(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${got}k.`,
    )
    return ''
  }
  return readLines(text)
    .map((line) => `${context.job.masker.mask(line)}\n`)
    .join('')
}

// .NET's ReadAllText drops a byte order mark.
async function readOrNull(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
