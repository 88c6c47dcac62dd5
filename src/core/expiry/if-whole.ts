import { SealwardError } from '../errors.ts'

/** @returns what was read, or null where it turned out to be cut short or broken: that is not what a value was searched for */
export function ifWhole<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof SealwardError) return null
    throw error
  }
}
