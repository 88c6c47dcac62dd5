import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What a program said and how it ended. */
export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string | Uint8Array
}

/** A real repository in a folder that goes when the test ends. */
export interface GitRepository {
  readonly path: string
  /** Writes a file of the working tree, with its folders. */
  write(path: string, content: string | Uint8Array): void
  /** Runs git; throws when it fails. @returns what it printed */
  git(...args: string[]): string
  /** Runs git, whatever comes of it. */
  tryGit(args: readonly string[], options?: RunOptions): Run
  /** Writes a file and stages it, past .gitignore. */
  stage(path: string, content: string | Uint8Array): void
  /** The paths in the index. */
  tracked(): string[]
}

export const packageRoot = join(import.meta.dirname, '..', '..')

/** The environment of a person who has no git configuration and is in no hook. */
export const cleanEnv: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  NO_COLOR: '1',
}

/** A folder for one test. `name` may hold what paths can hold. */
export function temporaryFolder(name = 'folder'): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'sealward-')))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 3 }))
  const folder = join(parent, name)
  mkdirSync(folder)
  return folder
}

export function makeRepository(path = temporaryFolder('repository')): GitRepository {
  const repository = openRepositoryAt(path)
  repository.git('init', '--quiet', '--initial-branch=main')
  return repository
}

/** A repository that is there already: a linked working tree, say. */
export function openRepositoryAt(path: string): GitRepository {
  const tryGit: GitRepository['tryGit'] = (args, options = {}) => runProgram('git', args, { cwd: path, ...options })
  const repository: GitRepository = {
    path,
    tryGit,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), content)
    },
    git(...args) {
      const { status, stdout, stderr } = tryGit(args)
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
      return stdout
    },
    stage(file, content) {
      repository.write(file, content)
      repository.git('--literal-pathspecs', 'add', '--force', '--', file)
    },
    tracked: () => repository.git('ls-files', '-z').split('\0').slice(0, -1),
  }
  return repository
}

export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env: { ...cleanEnv, ...options.env } as NodeJS.ProcessEnv,
  })
  if (error !== undefined) throw error
  return { status, stdout, stderr }
}

/** A value as secret as they come, new in every run. */
export function randomSecret(): string {
  return randomBytes(18).toString('base64url')
}

/** Does something as a process that was started in the folder, with a clean environment: what git's children inherit. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = { folder: process.cwd(), env: process.env }
  process.chdir(folder)
  process.env = { ...cleanEnv } as NodeJS.ProcessEnv
  try {
    return await work()
  } finally {
    process.chdir(before.folder)
    process.env = before.env
  }
}
