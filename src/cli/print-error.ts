import { SealwardError } from '../core/errors.ts'
import { printablePath } from '../core/report/text.ts'
import { openTerminal } from './terminal.ts'

/**
 * Says what went wrong and what next. Errors that are not ours are bugs: their messages may quote what they were handed, so
 * only their kind is shown; SEALWARD_DEBUG=1 adds the stack's places, without the message.
 */
export function printError(error: unknown): void {
  const terminal = openTerminal()
  const label = terminal.colour('red', 'error:')
  if (!(error instanceof SealwardError)) {
    terminal.error(`${label} an unexpected ${error instanceof Error ? error.name : 'failure'} [internal]`)
    terminal.error('  this is a bug in sealward; SEALWARD_DEBUG=1 shows where')
    if (process.env.SEALWARD_DEBUG === '1' && error instanceof Error) terminal.error(places(error))
    return
  }
  const where =
    error.file === undefined ? '' : `${printablePath(error.file)}${error.line === undefined ? '' : `:${error.line}`}: `
  terminal.error(`${label} ${where}${error.message} [${error.code}]`)
  if (error.hint !== undefined) for (const line of error.hint.split('\n')) terminal.error(`  ${line}`)
}

function places(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}
