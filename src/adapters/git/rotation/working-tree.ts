import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { RotationCommit } from '../../../tasks/world/git/rotation-branch.ts'
import type { Git } from './git.ts'
import { type Changes, indexLines } from './make-commit.ts'

/** A working tree that has the branch that a commit is put on. Without bringing it along, git would show the commit as undone in it. */
export interface WorkingTree {
  /** @throws SealwardError git where a file differs from what is committed: somebody is working on it */
  requireClean(files: RotationCommit['files']): Promise<void>
  /** Writes what was committed, each file at once or not at all. @throws SealwardError io, git */
  bring(files: RotationCommit['files'], changes: Changes): Promise<void>
}

/** @returns null where the branch is not checked out. @throws SealwardError git where another working tree has it */
export async function openWorkingTree(
  git: Git,
  { top, branch }: { readonly top: string; readonly branch: string },
): Promise<WorkingTree | null> {
  const { stdout } = await git.attempt(['symbolic-ref', '--quiet', 'HEAD'])
  if (stdout.toString('utf8').trim() !== branch) {
    await refuseElsewhere(git, branch)
    return null
  }
  return {
    async requireClean(files) {
      for (const { path, before } of files)
        if (!(await isClean(git, join(top, path), { path, before }))) throw unclean(path)
    },
    async bring(files, changes) {
      for (const { path, after } of files) await replace(join(top, path), after, changes.get(path)?.mode === '100755')
      await git.ask(['update-index', '-z', '--index-info'], { input: indexLines(changes) })
      await git.attempt(['update-index', '-q', '--refresh'])
    },
  }
}

async function refuseElsewhere(git: Git, branch: string): Promise<void> {
  const trees = (await git.ask(['worktree', 'list', '--porcelain'])).toString('utf8').split('\n')
  if (!trees.includes(`branch ${branch}`)) return
  throw new SealwardError('git', 'another working tree has the branch that counts checked out', {
    hint: 'run this there',
  })
}

async function isClean(
  git: Git,
  full: string,
  { path, before }: { readonly path: string; readonly before: Uint8Array | null },
): Promise<boolean> {
  const staged = await git.attempt(['diff-index', '--cached', '--quiet', 'HEAD', '--', path])
  if (staged.status !== 0) return false
  const status = await lstat(full).catch(() => null)
  if (status === null || before === null) return status === null && before === null
  return status.isFile() && Buffer.compare(await readFile(full), before) === 0
}

async function replace(path: string, bytes: Uint8Array | null, isProgram: boolean): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    if (bytes === null) return await rm(path, { force: true })
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, bytes, { flag: 'wx', mode: isProgram ? 0o755 : 0o644 })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new SealwardError('io', `the commit is made, and the working tree cannot be brought along (${code})`, {
      file: path,
      hint: 'git checkout brings it, when that is mended',
    })
  }
}

function unclean(file: string): SealwardError {
  return new SealwardError('git', 'differs from what is committed', {
    file,
    hint: 'commit it, or put it back: a rotation writes to it',
  })
}
