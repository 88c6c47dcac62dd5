import { createHash } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LIMITS } from '../../core/dotenv/document.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Unsettled } from '../../tasks/world/git/repository.ts'
import { type Environment, memoryFolder } from './memory-folder.ts'

/** What a person adds may make a text longer than what it came from. */
const MAX_BYTES = 2 * LIMITS.fileBytes
const NAME = '.env'
const POINTER = /^[0-9a-f]{32}$/
const POINTER_BYTES = 4096

/**
 * Keeps plaintexts where `sealward edit` has its own. Their folders have random names, because others can write where they are, and
 * another folder, of the repository's own git data, says which is whose: by a digest of the file's name.
 */
export function openUnsettled(pointersFolder: () => Promise<string>, env: Environment): Unsettled {
  const pointerOf = async (file: string) =>
    join(await pointersFolder(), createHash('sha256').update(file).digest('hex').slice(0, 32))
  return {
    async keep(file, text) {
      const pointer = await pointerOf(file)
      await dropPointer(pointer)
      const folder = await mkdtemp(join(memoryFolder(env), 'sealward-merge-')) // mode 0700
      await writeFile(join(folder, NAME), text, { mode: 0o600, flag: 'wx' })
      await mkdir(dirname(pointer), { recursive: true, mode: 0o700 })
      await writeFile(pointer, folder, { mode: 0o600, flag: 'wx' })
      return join(folder, NAME)
    },
    async find(file) {
      const folder = await readPointer(await pointerOf(file))
      if (folder === null || !(await isOwn(folder))) return null
      const place = join(folder, NAME)
      return { place, text: await readText(place) }
    },
    async drop(file) {
      const all = file === null ? await listPointers(await pointersFolder()) : [await pointerOf(file)]
      for (const pointer of all) await dropPointer(pointer)
    },
  }
}

async function dropPointer(pointer: string): Promise<void> {
  const folder = await readPointer(pointer)
  if (folder !== null && (await isOwn(folder))) await rm(folder, { recursive: true, force: true })
  await rm(pointer, { force: true })
}

async function readPointer(pointer: string): Promise<string | null> {
  const text = await readFile(pointer, 'utf8').catch(() => null)
  return text === null || text.length > POINTER_BYTES || !/[\\/]sealward-merge-[^\\/]+$/.test(text) ? null : text
}

async function listPointers(pointers: string): Promise<string[]> {
  const names = await readdir(pointers).catch(() => [])
  return names.filter((name) => POINTER.test(name)).map((name) => join(pointers, name))
}

/** After a restart the folder is gone, and in a place that all can write to, somebody else may have made one of its name. */
async function isOwn(folder: string): Promise<boolean> {
  const status = await lstat(folder).catch(() => null)
  if (status === null || !status.isDirectory()) return false
  return process.platform === 'win32' || (status.uid === process.getuid?.() && (status.mode & 0o077) === 0)
}

async function readText(place: string): Promise<string> {
  const status = await lstat(place).catch(() => null)
  if (status === null || !status.isFile()) throw new SealwardError('not-found', 'no such file', { file: place })
  if (status.size > MAX_BYTES) throw new SealwardError('limit', `larger than ${MAX_BYTES} bytes`, { file: place })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(place))
  } catch {
    throw new SealwardError('not-representable', 'is not UTF-8 text', { file: place, hint: 'save it as UTF-8' })
  }
}
