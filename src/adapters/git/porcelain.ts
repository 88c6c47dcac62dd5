import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import { type SimpleGit, simpleGit } from 'simple-git'
import { SealwardError } from '../../core/errors.ts'
import type { Ignored, Index } from '../../tasks/world/git/repository.ts'

/** A repository that a command works in. simple-git costs 70 ms to load and start, so the hook does without. */
export interface Repository {
  /** The top of the working tree, absolute, with its links resolved. */
  readonly top: string
  readonly index: Index
  readonly ignored: Ignored
  /** The folder of the hooks as git finds it, and the folder that all working trees of the repository share; both absolute. */
  hookFolders(): Promise<{ readonly hooks: string; readonly common: string }>
  /**
   * A path as the user typed it, from the top and with '/' separators.
   *
   * @throws SealwardError usage when it leads out of the repository
   */
  locate(file: string): string
}

/** @throws SealwardError git when the folder is not in a working tree */
export async function openRepository(folder: string): Promise<Repository> {
  const top = await findTop(folder)
  const git = simpleGit({ baseDir: top })
  return {
    top,
    index: openIndex(git),
    ignored: {
      // check-ignore takes no --literal-pathspecs; the dot keeps a name like `:(top)x` from being read as a pattern.
      ignores: async (path) => (await ask(git, ['check-ignore', '--no-index', '--', `./${path}`])) !== '',
    },
    hookFolders: async () => ({
      hooks: resolve(top, await askLine(git, ['rev-parse', '--git-path', 'hooks'])),
      common: resolve(top, await askLine(git, ['rev-parse', '--git-common-dir'])),
    }),
    locate: (file) => locate(file, folder, top),
  }
}

function openIndex(git: SimpleGit): Index {
  return {
    async add(path) {
      await ask(git, ['--literal-pathspecs', 'add', '--force', '--', path])
    },
    async remove(path) {
      await ask(git, ['--literal-pathspecs', 'rm', '--cached', '--force', '--quiet', '--', path])
    },
    async differs(path) {
      const status = await ask(git, ['--literal-pathspecs', 'status', '--porcelain=v1', '-z', '--', path])
      return /^[^?][^ ?]/.test(status)
    },
  }
}

async function findTop(folder: string): Promise<string> {
  try {
    return await askLine(simpleGit({ baseDir: folder }), ['rev-parse', '--show-toplevel'])
  } catch (error) {
    if (error instanceof SealwardError)
      throw new SealwardError('git', 'this folder is not in the working tree of a git repository', {
        file: folder,
        hint: 'go into one, or make one: git init',
      })
    throw error
  }
}

/** A path has at most the one line end that git puts behind it. */
async function askLine(git: SimpleGit, args: string[]): Promise<string> {
  return (await ask(git, args)).replace(/\n$/, '')
}

async function ask(git: SimpleGit, args: string[]): Promise<string> {
  try {
    return await git.raw(args)
  } catch (error) {
    const [said = ''] = error instanceof Error ? error.message.trim().split('\n') : []
    const verb = args.find((arg) => !arg.startsWith('-'))
    throw new SealwardError('git', `git ${verb} failed`, said === '' ? {} : { hint: `git says: ${said}` })
  }
}

/** Only the folder is resolved: a file that is a link is itself. */
function locate(file: string, folder: string, top: string): string {
  const full = resolve(folder, file)
  const path = relative(resolveLinks(top), join(resolveLinks(dirname(full)), basename(full)))
  if (path === '' || isAbsolute(path) || path.split(sep)[0] === '..')
    throw new SealwardError('usage', 'is outside this repository', { file })
  return path.split(sep).join(posix.sep)
}

/** Of a folder that is not there, the part that is. */
function resolveLinks(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    const parent = dirname(folder)
    return parent === folder ? folder : join(resolveLinks(parent), basename(folder))
  }
}
