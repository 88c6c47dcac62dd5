import { SealwardError } from '../../core/errors.ts'

/** An error of the operating system as one of ours: the path and the reason's code, never the content. */
export function systemError(error: unknown, what: string, path: string): SealwardError {
  if (isMissing(error)) return new SealwardError('not-found', 'no such file or folder', { file: path })
  const { code = 'unknown error' } = error as NodeJS.ErrnoException
  return new SealwardError('io', `${what} (${code})`, { file: path })
}

/** Whether there is nothing at a path: no such entry, or a file where one of its folders would be. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}
