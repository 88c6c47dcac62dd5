import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { GitSettings } from '../../../tasks/world/git/repository.ts'
import { readGit } from '../child.ts'

const ANSWER_BYTES = 256 * 1024

/** The settings of the repository that this process is in, which all of its working trees share. */
export function openGitSettings(): GitSettings {
  return {
    async get(name) {
      const value = (await ask(['config', '--local', '--default', '', '--get', name])).replace(/\n$/, '')
      return value === '' ? null : value
    },
    async set(name, value) {
      await ask(['config', '--local', '--replace-all', name, value])
    },
    async removeSection(name) {
      const there = await ask(['config', '--local', '--name-only', '--list'])
      const has = there.split('\n').some((line) => line.startsWith(`${name}.`))
      if (has) await ask(['config', '--local', '--remove-section', name])
    },
    async readAttributes() {
      return readFile(await attributesFile(), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw refused(error)
      })
    },
    async writeAttributes(text) {
      await replace(await attributesFile(), text)
    },
  }
}

async function attributesFile(): Promise<string> {
  return resolve((await ask(['rev-parse', '--git-path', 'info/attributes'])).replace(/\n$/, ''))
}

async function ask(args: readonly string[]): Promise<string> {
  return (await readGit(args, ANSWER_BYTES)).toString('utf8')
}

/** Git may read it at any time. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, text, { flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw refused(error)
  }
}

function refused(error: unknown): SealwardError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException
  return new SealwardError('io', `the attributes of git cannot be changed (${code})`, { file: 'info/attributes' })
}
