import { SealwardError } from '../../core/errors.ts'

/** An error of the operating system as one of ours: the path and the reason's code, never the content. */
export function systemError(error: unknown, what: string, path: string): SealwardError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new SealwardError('not-found', 'no such file or folder', { file: path })
  return new SealwardError('io', `${what} (${code})`, { file: path })
}
