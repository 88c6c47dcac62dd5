import { SealwardError } from '../errors.ts'
import { printableName } from './names.ts'
import { readRight } from './right-hand-side.ts'

/**
 * Reads a stored value as the right-hand side of a dotenv line: the `quotes: dotenv` switch, for files that sops made from
 * a quoted .env, where the quotes, and a comment behind the value, became part of the secret. docs/dotenv.md section 8.
 *
 * @throws SealwardError dotenv-syntax, naming the variable
 */
export function readRightHandSide(stored: string, name: string): string {
  if (stored.includes('\n') && !/^[ \t]*['"`]/.test(stored)) return stored
  // The CR of a file with CR LF: sops splits lines at LF only.
  const text = stored.endsWith('\r') ? stored.slice(0, -1) : stored
  const right = read(text, name)
  if (right.end === text.length) return right.value
  throw unreadable(name, 'there is text behind its closing quote')
}

function read(text: string, name: string): ReturnType<typeof readRight> {
  try {
    return readRight(text, 0)
  } catch (error) {
    if (error instanceof SealwardError) throw unreadable(name, error.message)
    throw error
  }
}

function unreadable(name: string, why: string): SealwardError {
  return new SealwardError('dotenv-syntax', `the value of ${printableName(name)} is no dotenv value: ${why}`, {
    hint: 'read the file with `quotes: literal`, which takes values as they are',
  })
}
