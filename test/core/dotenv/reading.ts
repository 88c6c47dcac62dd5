import type { Document } from '../../../src/core/dotenv/document.ts'
import { SealwardError } from '../../../src/core/errors.ts'

/** Runs an action that must throw a coded error, and gives the error back. */
export function refusal(action: () => unknown): SealwardError {
  try {
    action()
  } catch (error) {
    if (error instanceof SealwardError) return error
    throw error
  }
  throw new Error('expected a SealwardError, and nothing was thrown')
}

/** A document's entries as an object, for tests whose names are plain. */
export function valuesOf(document: Document): Record<string, string> {
  return Object.fromEntries(document.flatMap((line) => (line.kind === 'entry' ? [[line.name, line.value]] : [])))
}
