import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** What V8 has compiled of the program in an earlier run. Nothing depends on it but the time: whatever is amiss, there is none. */
export interface CodeCache {
  /** @returns null when there is none of this program by this Node, or it is damaged. Never throws */
  read(): Buffer | null
  /** Whether few runs have added to what was read: each calls functions that those before did not. */
  isYoung(): boolean
  /** Keeps it for the next run. Never throws */
  write(code: Buffer): void
}

/** What is compiled, and where it may be kept. */
export interface Program {
  /** Of this repository. Where it is no folder there is no cache. */
  readonly gitFolder: string
  /** The name of the hook: each calls other parts of the program. */
  readonly hook: string
  readonly source: Buffer
}

/** Behind these, a run seldom compiles anything that the cache does not have. */
const RUNS = 4
/** What it was made of and what it is, then the runs. V8 compares no more than the source's length, and believes the rest. */
const HEADER_BYTES = 16
/** Some times what it is. */
const MAX_BYTES = 8 * 1024 * 1024
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
/** Who may write to the file beside its owner. */
const OTHERS_WRITE = 0o022

/**
 * The cache is code that will be run, so it lies where hooks do, in the git folder, which is nobody's to send: no clone or fetch writes
 * there, and whoever else can has other ways to run code. A file of another user does not count all the same.
 */
export function openCodeCache({ gitFolder, hook, source }: Program): CodeCache {
  const folder = join(gitFolder, 'sealward')
  const file = join(folder, `${hook.replace(/[^a-z-]/g, '')}-${process.version}-${process.arch}.code`)
  const sum = crc32(source)
  let runs = 0

  function read(): Buffer | null {
    const stored = readOwn(file)
    if (stored === null || stored.length <= HEADER_BYTES) return null
    const code = stored.subarray(HEADER_BYTES)
    const isOurs = stored.readUInt32LE(0) === sum && stored.readUInt32LE(4) === source.length
    if (!isOurs || stored.readUInt32LE(8) !== crc32(code)) return null
    runs = stored.readUInt32LE(12)
    return code
  }

  return {
    read: () => attempt(read),
    isYoung: () => runs < RUNS,
    write(code) {
      const header = Buffer.alloc(HEADER_BYTES)
      for (const [at, word] of [sum, source.length, crc32(code), runs + 1].entries()) header.writeUInt32LE(word, at * 4)
      attempt(() => {
        mkdirIfMissing(folder)
        // Commits may run at once, and a run may be stopped: the file is the old one or the new one.
        const next = `${file}.${process.pid}`
        writeFileSync(next, Buffer.concat([header, code]), { flag: 'wx', mode: 0o600 })
        renameSync(next, file)
      })
    },
  }
}

function readOwn(file: string): Buffer | null {
  const fd = openSync(file, FLAGS)
  try {
    const { uid, mode, size } = fstatSync(fd)
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_WRITE) === 0)
    if (!isOurs || size > MAX_BYTES) return null
    const bytes = Buffer.allocUnsafeSlow(size)
    return readSync(fd, bytes, 0, size, 0) === size ? bytes : null
  } finally {
    closeSync(fd)
  }
}

/** Not with `recursive`: where there is no git folder, none is made. */
function mkdirIfMissing(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** @returns null for anything that was thrown */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
