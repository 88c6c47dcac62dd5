import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readFile, realpath, rename, unlink, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import type { HookFiles, HookManager, HookPlace } from '../../tasks/world-git.ts'
import type { Repository } from './porcelain.ts'

const HOOK_BYTES = 64 * 1024
const EXECUTABLE = 0o755

/** The files by which a manager of hooks is known, from the top. */
const MANAGERS: readonly (readonly [HookManager['name'], readonly string[]])[] = [
  ['husky', ['.husky/pre-commit', '.husky']],
  ['lefthook', lefthookFiles()],
  ['pre-commit', ['.pre-commit-config.yaml', '.pre-commit-config.yml']],
]

/** Where git looks for hooks: `core.hooksPath`, or the folder that all working trees of the repository share. */
export async function findHookPlace({ top, hookFolders }: Repository): Promise<HookPlace> {
  const { hooks, common } = await hookFolders()
  const [real, ...own] = await Promise.all([hooks, top, common].map(resolveLinks))
  return { folder: hooks, own: own.some((folder) => isWithin(real!, folder)), managers: await findManagers(top) }
}

export function openHookFiles(folder: string): HookFiles {
  return {
    read: (name) => readHead(join(folder, name)),
    write: (name, text) => change(join(folder, name), text),
    async move(from, to) {
      await rename(join(folder, from), join(folder, to)).catch(refused(join(folder, from)))
    },
  }
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
  for (const [name, files] of MANAGERS) {
    for (const file of files) {
      if (!(await exists(join(top, file)))) continue
      found.push({
        name,
        file: name === 'husky' ? '.husky/pre-commit' : file,
        wired: await mentionsUs(join(top, file)),
      })
      break
    }
  }
  return found
}

async function mentionsUs(path: string): Promise<boolean> {
  const text = await readFile(path, 'latin1').catch(() => '')
  return text.includes('sealward')
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
