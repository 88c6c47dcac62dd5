import { nullIfOurs } from './errors.ts'

/** @returns what was read; null where it turned out to be cut short, broken or something else. @throws what is no error of ours */
export function ifReadable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    return nullIfOurs(error)
  }
}
