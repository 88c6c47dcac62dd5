import type { NameMap } from './model/name-map.ts'
import type { StepContext } from './model/step-context.ts'

/** Prints what the runner prints before an action: its inputs that are not empty, and the `env:` block. */
export function printActionHeader(context: StepContext, reference: string, inputs: NameMap): void {
  const { log } = context
  log.write(`##[group]Run ${reference}`)
  const filled = inputs.pairs().filter(([, value]) => value !== '')
  if (filled.length > 0) log.write('with:')
  for (const [name, value] of filled) log.write(`  ${name}: ${value}`)
  endHeader(context)
}

/** Prints what the runner prints before a script: the script in cyan, its shell, and the `env:` block. */
export function printScriptHeader(context: StepContext, script: string, shell: string): void {
  const { log } = context
  log.write(`##[group]Run ${firstLine(script)}`)
  for (const line of script.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n')) {
    log.write(`\u001b[36;1m${line}\u001b[0m`)
  }
  log.write(`shell: ${shell}`)
  endHeader(context)
}

/** The line by which a script without a name is called. */
export function firstLine(script: string): string {
  return script.trimStart().split(/\r?\n/)[0] as string
}

// Every exported variable is printed before every later step. An exported value that is not masked is shown again and again.
function endHeader({ log, env }: StepContext): void {
  const variables = env.pairs()
  if (variables.length > 0) log.write('env:')
  for (const [name, value] of variables) log.write(`  ${name}: ${value}`)
  log.write('##[endgroup]')
}
