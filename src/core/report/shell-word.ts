import { printable } from './printable.ts'

/**
 * A path as one word of a POSIX shell, so that a suggested command can be pasted whatever a file is called: `$(...)`, spaces and
 * quotes in it are data, and a leading dash is no option.
 *
 * @returns '' when the path has characters that cannot be shown, and so cannot be pasted
 */
export function shellWord(path: string): string {
  if (printable(path) !== path) return ''
  const safe = path.startsWith('-') ? `./${path}` : path
  return /^[\w./@%+=:,-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`
}
