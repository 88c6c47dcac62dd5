import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import { HOOKS, type HookName } from '../../core/hook-name.ts'
import type { HookFiles, HookManager, HookPlace } from '../../tasks/world/git/repository.ts'
import type { Repository } from './porcelain.ts'

const HOOK_BYTES = 64 * 1024
const EXECUTABLE = 0o755

/** A manager, the files by which it is known, from the top, and where the hooks stand that it runs. */
interface Manager {
  readonly name: HookManager['name']
  readonly signs: readonly string[]
  /** Its file for a hook, of the sign that was found. */
  fileFor(hook: HookName, sign: string): string
}

const MANAGERS: readonly Manager[] = [
  { name: 'husky', signs: ['.husky'], fileFor: (hook) => `.husky/${hook}` },
  { name: 'lefthook', signs: lefthookFiles(), fileFor: (_, sign) => sign },
  {
    name: 'pre-commit',
    signs: ['.pre-commit-config.yaml', '.pre-commit-config.yml'],
    fileFor: (_, sign) => sign,
  },
]

/** Where git looks for hooks: `core.hooksPath`, or the folder that all working trees of the repository share. */
export async function findHookPlace({ top, hookFolders }: Repository): Promise<HookPlace> {
  const { hooks, common } = await hookFolders()
  const [real, ...own] = await Promise.all([hooks, top, common].map(resolveLinks))
  const isOwn = own.some((folder) => isWithin(real!, folder))
  // As src/hook/code-cache.ts names it.
  return { folder: hooks, kept: join(common, 'sealward'), own: isOwn, managers: await findManagers(top) }
}

export function openHookFiles({ folder, kept }: Pick<HookPlace, 'folder' | 'kept'>): HookFiles {
  return {
    read: (name) => readHead(join(folder, name)),
    write: (name, text) => change(join(folder, name), text),
    async move(from, to) {
      await rename(join(folder, from), join(folder, to)).catch(refused(join(folder, from)))
    },
    forget: () => forgetIn(kept).catch(refused(kept)),
  }
}

/** Journals and backups of other commands lie there too. */
async function forgetIn(folder: string): Promise<void> {
  if (!(await exists(folder))) return
  for (const name of await readdir(folder)) if (name.endsWith('.code')) await rm(join(folder, name), { force: true })
  if ((await readdir(folder)).length === 0) await rmdir(folder)
}

/** Written beside its place and renamed into it. A link that stands there is replaced, never written through. */
async function change(path: string, text: string | null): Promise<void> {
  try {
    if (text === null) return await unlink(path)
    await mkdir(join(path, '..'), { recursive: true })
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
    await writeFile(temporary, text, { mode: EXECUTABLE, flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    refused(path)(error)
  }
}

async function readHead(path: string): Promise<string | null> {
  if (!(await exists(path))) return null
  let handle: FileHandle | undefined
  try {
    handle = await open(path, constants.O_RDONLY)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HOOK_BYTES), 0, HOOK_BYTES, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } catch (error) {
    // A link to nothing is there, and holds nothing.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    return refused(path)(error)
  } finally {
    await handle?.close()
  }
}

async function findManagers(top: string): Promise<HookManager[]> {
  const found: HookManager[] = []
  for (const { name, signs, fileFor } of MANAGERS) {
    const present = await Promise.all(signs.map((sign) => exists(join(top, sign))))
    const sign = signs.find((_, index) => present[index])
    if (sign === undefined) continue
    for (const file of new Set(HOOKS.map((hook) => fileFor(hook, sign)))) {
      const hooks = HOOKS.filter((hook) => fileFor(hook, sign) === file)
      const text = await readFile(join(top, file), 'latin1').catch(() => '')
      found.push({ name, file, hooks, wired: hooks.filter((hook) => names(text, hook, hooks.length === 1)) })
    }
  }
  return found
}

/**
 * Whether a manager's file runs us as this hook. A file for all of them has a line with both words; the hook that is oldest, and the
 * merges that pre-commit treats alike, need no more than our name.
 */
function names(text: string, hook: HookName, alone: boolean): boolean {
  const lines = text.split('\n').filter((line) => line.includes('sealward'))
  if (alone || hook === 'pre-commit') return lines.length > 0
  if (hook === 'pre-merge-commit') return text.includes(hook) && lines.length > 0
  return lines.some((line) => line.includes(hook))
}

function lefthookFiles(): string[] {
  const names = ['lefthook', '.lefthook', '.config/lefthook']
  return names.flatMap((name) => ['yml', 'yaml', 'toml', 'json'].map((type) => `${name}.${type}`))
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

async function resolveLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(sep)[0] !== '..'
}

function refused(path: string): (error: unknown) => never {
  return (error) => {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new SealwardError('io', `the hook cannot be changed (${code})`, { file: path })
  }
}
