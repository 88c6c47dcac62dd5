import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type Budget, unusual } from './bounds.ts'

/** A file that is read in pieces. */
export interface PlainFile {
  readonly size: number
  /** @throws SealwardError git when the file does not have all of it, or the budget is spent */
  read(position: number, length: number): Buffer
  close(): void
}

/**
 * Neither through a link nor from a pipe, whose opening would wait for ever. Windows knows neither flag and needs neither.
 */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const TEXT_BYTES = 1024 * 1024

/**
 * @returns null when there is no such file
 * @throws SealwardError git when it is not a file, or what the system says to a link
 */
export function openPlainFile(path: string, budget: Budget): PlainFile | null {
  const fd = openIfThere(path)
  if (fd === null) return null
  const stat = fstatSync(fd)
  if (!stat.isFile()) {
    closeSync(fd)
    throw unusual('something in the git folder is no file')
  }
  return {
    size: stat.size,
    read(position, length) {
      if (position < 0 || position + length > stat.size) throw unusual('a file in the git folder breaks off')
      budget.spend(length)
      const bytes = Buffer.allocUnsafe(length)
      for (let got = 0; got < length; ) {
        const more = readSync(fd, bytes, got, length - got, position + got)
        if (more === 0) throw unusual('a file in the git folder breaks off')
        got += more
      }
      return bytes
    },
    close: () => closeSync(fd),
  }
}

/**
 * The text of one of git's small files.
 *
 * @returns null when there is no such file
 * @throws SealwardError git when it is large or not UTF-8
 */
export function readText(path: string, budget: Budget): string | null {
  const file = openPlainFile(path, budget)
  if (file === null) return null
  try {
    if (file.size > TEXT_BYTES) throw unusual('a file in the git folder is too large')
    const text = file.read(0, file.size).toString()
    // Another name than the bytes say, which might be that of another file.
    if (text.includes('\ufffd')) throw unusual('a file in the git folder is not text')
    return text
  } finally {
    file.close()
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, FLAGS)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
