import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { newDataKey } from '../../../core/envelope/keys/data-key.ts'
import { nullIfOurs } from '../../../core/errors.ts'
import type { DiffSettings } from '../../../tasks/world/git/repository.ts'
import { readGit } from '../child.ts'

const KEY_FILE = 'sealward-diff-key'
const KEY_BYTES = 32
const ANSWER_BYTES = 64 * 1024

/** Of the repository that this process is in; elsewhere a key for this process alone, and nothing is shown. */
export function openDiffSettings(): DiffSettings {
  return {
    async key() {
      const folder = await commonFolder()
      return folder === null ? newDataKey() : readOrMake(join(folder, KEY_FILE))
    },
    async reveals() {
      const answer = await ask(['config', '--type=bool', '--default', 'false', '--get', 'sealward.reveal'])
      return answer === 'true'
    },
  }
}

async function commonFolder(): Promise<string | null> {
  const folder = await ask(['rev-parse', '--git-common-dir'])
  return folder === null ? null : resolve(folder)
}

async function ask(args: readonly string[]): Promise<string | null> {
  try {
    return (await readGit(args, ANSWER_BYTES)).toString('utf8').replace(/\n$/, '')
  } catch (error) {
    return nullIfOurs(error)
  }
}

/** git starts one process for each side of a difference, maybe at once: the file appears whole, and the first one counts. */
async function readOrMake(path: string): Promise<Uint8Array> {
  const known = await readFile(path).catch(() => null)
  if (known?.length === KEY_BYTES) return known
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, newDataKey(), { mode: 0o600, flag: 'wx' })
    await link(temporary, path)
    return await readFile(path)
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readFile(path) : null
    if (made?.length === KEY_BYTES) return made
    // A repository that cannot be written to is looked at with a key for this process alone.
    return newDataKey()
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
