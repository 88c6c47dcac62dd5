import { SealwardError } from '../core/errors.ts'
import type { Runner } from './world.ts'

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
  const { code, line } = error
  const [message, hint, file] = [short(error.message), error.hint && short(error.hint), error.file && short(error.file)]
  const place = file === undefined ? {} : { file, ...(line === undefined ? {} : { line }) }
  const text = `${file === undefined ? '' : `${file}: `}${message} [${code}]${hint === undefined ? '' : `\n${hint}`}`
  runner.annotate('error', text, { title: 'sealward', ...place })
}

/** Names and paths can have millions of characters, and the runner shows 4096 of an annotation. */
function short(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`
}

const LONGEST = 1000
