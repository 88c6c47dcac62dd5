import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findHookPlace, openHookFiles } from '../../src/adapters/git/hook-folder.ts'
import { openRepository } from '../../src/adapters/git/porcelain.ts'
import type { HookName } from '../../src/core/hook-name.ts'
import { type InstallOutcome, install } from '../../src/tasks/hooks/install.ts'
import {
  type GitRepository,
  inFolder,
  makeRepository,
  packageRoot,
  type Run,
  type RunOptions,
} from './git-repository.ts'

/** The files that a user gets: the shipped hook, and the built program. */
export const shipped = {
  hook: join(packageRoot, 'hooks', 'pre-commit'),
  program: join(packageRoot, 'dist', 'hook.js'),
} as const

if (!existsSync(shipped.program)) throw new Error('dist/hook.js is missing: run `npm run build` first')

/** A repository with sealward's hook installed as `sealward install` does it. */
export async function makeHookedRepository(path?: string, hooks?: readonly HookName[]): Promise<GitRepository> {
  const repository = makeRepository(path)
  await installHook(repository.path, packageRoot, hooks)
  return repository
}

/** @param hooks pre-commit alone unless others are named: a test of one hook need not wait for the others */
export function installHook(
  folder: string,
  packageFolder = packageRoot,
  hooks: readonly HookName[] = ['pre-commit'],
): Promise<InstallOutcome> {
  return inFolder(folder, async () => {
    const opened = await openRepository(folder)
    const place = await findHookPlace(opened)
    return install(
      {
        hooks,
        template: readFileSync(shipped.hook, 'utf8'),
        top: opened.top,
        packageFolder,
        version: '1.2.3',
        node: process.execPath,
      },
      { places: { look: async () => place }, hooks: openHookFiles(place) },
    )
  })
}

/** Commits, with the hook in the way. */
export function commit(repository: GitRepository, args: readonly string[] = [], options?: RunOptions): Run {
  return repository.tryGit(['commit', '--quiet', '--message', 'a', ...args], options)
}

/** Commits past every hook: what a repository looked like before. */
export function commitBefore(repository: GitRepository, ...args: string[]): void {
  repository.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'before', ...args)
}
