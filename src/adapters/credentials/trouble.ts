import { TooLate } from './deadline.ts'

/**
 * Why a connection came to nothing: the code of the system, of TLS, or of the library, and none of the words of the other side.
 */
export function systemTrouble(error: unknown): string {
  if (error instanceof TooLate) return 'it did not answer in time'
  const code = codeOf(error)
  if (code === null) return 'the connection broke'
  if (/TIMEOUT|TIMEDOUT/i.test(code)) return 'it did not answer in time'
  return `it cannot be reached (${code})`
}

/** The first code on the way down the causes. */
function codeOf(error: unknown): string | null {
  let here = error
  for (let depth = 0; depth < 5 && typeof here === 'object' && here !== null; depth += 1) {
    const { code, cause } = here as { readonly code?: unknown; readonly cause?: unknown }
    if (typeof code === 'string' && /^\w{1,64}$/.test(code)) return code
    if (cause === undefined) break
    here = cause
  }
  return here instanceof Error && /Timeout/.test(here.name) ? 'TIMEOUT' : null
}
