import { dirname, join } from 'node:path/posix'
import type { Identity } from '../../src/core/age/identity.ts'
import { SealwardError } from '../../src/core/errors.ts'
import { parseGlob } from '../../src/core/glob/glob.ts'
import { matchesGlob } from '../../src/core/glob/match.ts'
import { type RunFacts, readRunFacts } from '../../src/core/trust/facts.ts'
import type { JobFiles, JobIdentity, RunCommit } from '../../src/tasks/world/job.ts'
import type { SignedNames } from '../../src/tasks/world/ssh.ts'
import type { Clock, Configs, Files, Finder, Keys, Passphrases, Teller } from '../../src/tasks/world.ts'
import { fixedKeys } from './fixed-keys.ts'
import { memoryFiles } from './memory-files.ts'

/** Every port that the tasks on encrypted files need, in memory, and what became of them. */
export interface MemoryWorld {
  readonly files: Files
  readonly finder: Finder
  readonly configs: Configs
  readonly keys: Keys
  /** Nobody knows one. */
  readonly passphrases: Passphrases
  readonly clock: Clock
  /** Paths are names: everything is at the top. */
  readonly names: SignedNames
  readonly teller: Teller
  /** A push, by somebody who may. */
  readonly facts: RunFacts
  /** Every file is as the commit of the run has it. */
  readonly commit: RunCommit
  /** Files of a job are files like any others. */
  readonly jobFiles: JobFiles
  /** A job that may not ask GitHub for a token. */
  readonly identity: JobIdentity
  readonly existing: Readonly<Record<string, string>>
  readonly ignoreCase: boolean
  /** The files by path, as they are now. */
  readonly contents: Map<string, Uint8Array>
  /** `lock PATH`, `read PATH`, `write PATH`, `unlock PATH`, in order. */
  readonly touched: readonly string[]
  /** Warnings and notes. */
  readonly said: readonly string[]
}

/** The moment it always is. */
const NOW = new Date('2026-03-04T05:06:07Z')

const SHA = '0123456789abcdef0123456789abcdef01234567'

/** A world with these files in it, and these identities (or other texts) where keys are looked for. */
export function memoryWorld(
  files: Readonly<Record<string, Uint8Array | string>>,
  ...found: readonly (Identity | string | null)[]
): MemoryWorld {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]))
  const touched: string[] = []
  const said: string[] = []
  return {
    contents,
    touched,
    said,
    files: watched(memoryFiles(contents), touched),
    finder: { find: async (globs) => [...contents.keys()].filter((path) => matchesAny(globs, path)).toSorted() },
    configs: { nearest: async (names, path) => nearest(contents, names, path) },
    keys: fixedKeys(...found),
    passphrases: { ask: async () => null, invent: () => Promise.reject(new SealwardError('usage', 'nobody says one')) },
    clock: { now: () => NOW },
    names: { nameOf: async (path) => path },
    facts: readRunFacts({ GITHUB_EVENT_NAME: 'push', GITHUB_SHA: SHA }, null),
    commit: { compare: async (list) => list.map(({ path }) => ({ file: path, blob: 'same', head: SHA })) },
    jobFiles: memoryJobFiles(contents),
    identity: { environment: async () => ({ kind: 'unknown' }) },
    existing: {},
    ignoreCase: false,
    teller: { warn: (message) => void said.push(message), note: (message) => void said.push(message) },
  }
}

function memoryJobFiles(contents: Map<string, Uint8Array>): JobFiles {
  return {
    locate: async (path) => `/job/${path}`,
    write: async (path, bytes) => void contents.set(path, Buffer.from(bytes)),
    remove: async (path) => (contents.delete(path) ? 'removed' : 'gone'),
  }
}

function watched(files: Files, touched: string[]): Files {
  return {
    read(path, maxBytes) {
      touched.push(`read ${path}`)
      return files.read(path, maxBytes)
    },
    write(path, bytes, how) {
      touched.push(`write ${path}`)
      return files.write(path, bytes, how)
    },
    async locked(path, work) {
      touched.push(`lock ${path}`)
      try {
        return await files.locked(path, work)
      } finally {
        touched.push(`unlock ${path}`)
      }
    },
  }
}

function matchesAny(globs: readonly string[], path: string): boolean {
  return globs.map(parseGlob).some((glob) => typeof glob !== 'string' && matchesGlob(glob, path))
}

function nearest(contents: ReadonlyMap<string, Uint8Array>, names: readonly string[], path: string) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const file of names.map((name) => join(folder, name))) {
      const bytes = contents.get(file)
      if (bytes !== undefined) return { file, bytes, relative: folder === '.' ? path : path.slice(folder.length + 1) }
    }
    if (dirname(folder) === folder) return null
  }
}
