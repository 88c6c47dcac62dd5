import { type ErrorCode, SealwardError } from '../errors.ts'

/** One thing wrong with a configuration file. The message locates it and never quotes what stands there. */
export interface Problem {
  readonly line: number
  readonly message: string
}

const SHOWN = 20

/** One error for all problems of a file: a single one is its message, several are a list in the order of the file. */
export function invalid(file: string, problems: readonly Problem[]): SealwardError {
  const sorted = problems.toSorted((one, other) => one.line - other.line)
  const first = sorted[0]!
  const detail = { file, line: first.line }
  if (sorted.length === 1) return new SealwardError('policy-invalid', first.message, detail)
  const listed = sorted.slice(0, SHOWN).map(({ line, message }) => `\n  line ${line}: ${message}`)
  const rest = sorted.length > SHOWN ? `\n  and ${sorted.length - SHOWN} more` : ''
  return new SealwardError('policy-invalid', `${sorted.length} problems${listed.join('')}${rest}`, detail)
}

/** Where in a configuration a setting stands. */
export interface Origin {
  readonly file: string
  readonly line?: number
}

/** An error about a setting, with the place of the setting. Errors that are not ours pass as they are. */
export function locate(error: unknown, code: ErrorCode, origin: Origin): unknown {
  if (!(error instanceof SealwardError)) return error
  return new SealwardError(code, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...origin,
  })
}
