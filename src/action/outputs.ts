import { printableName } from '../core/dotenv/names.ts'
import { SealwardError } from '../core/errors.ts'
import type { JobExport } from '../tasks/export-to-job.ts'
import type { Inputs } from './inputs.ts'
import type { ActionWorld, Runner } from './world.ts'

type Wanted = Pick<Inputs, 'outputs' | 'exportEnv'>
type Told = Pick<ActionWorld, 'runner' | 'remarks'>

/**
 * Tells the runner: masks first, before any other word; then outputs and variables; then a line for people.
 *
 * @throws SealwardError not-found for an output that is no variable, io; nothing is exported then
 */
export function publish(exported: JobExport, inputs: Wanted, { runner, remarks }: Told): void {
  const { variables, masks, files } = exported
  const outputs = chooseOutputs(variables, inputs)
  runner.mask(masks)
  runner.set({ outputs, environment: inputs.exportEnv ? variables : [] })
  for (const remark of remarks) runner.annotate('warning', remark)
  runner.say(`sealward: ${variables.size} ${variables.size === 1 ? 'variable' : 'variables'} from ${files.join(', ')}`)
}

function chooseOutputs(variables: ReadonlyMap<string, string>, inputs: Wanted): [string, string][] {
  const chosen = inputs.outputs.map((name): [string, string] => {
    const value = variables.get(name)
    if (value === undefined) throw unknownOutput(name)
    return [name, value]
  })
  return [['keys', JSON.stringify([...variables.keys()])], ['count', String(variables.size)], ...chosen]
}

/** Fails the step. Only our own messages are shown: another library's may quote what it was handed. */
export function fail(error: unknown, runner: Runner): void {
  process.exitCode = 2
  try {
    explain(error, runner)
  } catch {
    // A log that cannot be written takes no explanation either; the exit status says it.
  }
}

function explain(error: unknown, runner: Runner): void {
  if (!(error instanceof SealwardError)) {
    const kind = error instanceof Error ? error.name : 'failure'
    runner.annotate('error', `an unexpected ${kind} [internal]; this is a bug in sealward`)
    return
  }
  const { message, code, hint, file, line } = error
  const place = file === undefined ? {} : { file, ...(line === undefined ? {} : { line }) }
  const text = `${file === undefined ? '' : `${file}: `}${message} [${code}]${hint === undefined ? '' : `\n${hint}`}`
  runner.annotate('error', text, { title: 'sealward', ...place })
}

function unknownOutput(name: string): SealwardError {
  return new SealwardError('not-found', `the output ${printableName(name)} is no variable of the files`, {
    hint: 'outputs takes names as they are exported, after prefix',
  })
}
