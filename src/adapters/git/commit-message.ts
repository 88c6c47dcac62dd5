import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { SealwardError } from '../../core/errors.ts'
import { TEXT_BYTES } from '../../core/scan/limits.ts'
import type { CommitMessage } from '../../tasks/world/git/repository.ts'

/** A configuration of thousands of branches stays below it. */
const CONFIG_BYTES = 16 * 1024 * 1024

/** The message of the commit that git is about to make, as its hook commit-msg is told of it. */
export function openCommitMessage(env: Readonly<Record<string, string | undefined>>): CommitMessage {
  return {
    // Git tells a hook so that it opens no editor: builtin/commit sets it where the commit has none. githooks(5)
    edited: env.GIT_EDITOR !== ':',
    read: async (file) => readBounded(file),
    async settings() {
      const { readGit } = await import('./child.ts')
      const output = await readGit(['config', '--list', '-z'], CONFIG_BYTES)
      return readSettings(output.toString('latin1'))
    },
  }
}

/** `name LF value NUL`: the last of a name counts. The two names of the comment are one setting, of which git knows one or both. */
function readSettings(listing: string): { cleanup: string | null; comment: string | null } {
  const entries = listing.split('\0').map((entry) => entry.split(/\n(.*)/s, 2))
  const last = (...names: string[]) => entries.findLast(([name = '']) => names.includes(name))?.[1] ?? null
  return { cleanup: last('commit.cleanup'), comment: last('core.commentchar', 'core.commentstring') }
}

function readBounded(file: string): { bytes: Uint8Array; size: number } {
  try {
    const handle = openSync(file, 'r')
    try {
      const { size } = fstatSync(handle)
      const bytes = Buffer.alloc(Math.min(size, TEXT_BYTES))
      let length = 0
      for (let more = -1; more !== 0 && length < bytes.length; length += more)
        more = readSync(handle, bytes, length, bytes.length - length, length)
      return { bytes: bytes.subarray(0, length), size }
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new SealwardError('not-found', 'there is no such file with a message', { file })
    throw new SealwardError('io', `the message cannot be read (${code})`, { file })
  }
}
