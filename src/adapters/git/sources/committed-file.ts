import { SealwardError } from '../../../core/errors.ts'
import type { Configs, Files } from '../../../tasks/world.ts'
import { openObjectReader } from './plumbing/objects.ts'

const CONFIG_BYTES = 1024 * 1024

/**
 * Files as a commit has them, by their paths from the top of the repository.
 *
 * @returns `read` as `Files` has it
 */
export function openCommitted(commit: string): Pick<Files, 'read'> {
  return { read: (path, maxBytes) => readCommitted(`${commit}:${path}`, path, maxBytes) }
}

/** Configuration files at the top of a commit, which count for all of its files. */
export function openCommittedConfigs(commit: string): Configs {
  return {
    async nearest(names, path) {
      for (const file of names) {
        const bytes = await openCommitted(commit).read(file, CONFIG_BYTES)
        if (bytes !== null) return { file, bytes, relative: path }
      }
      return null
    },
  }
}

async function readCommitted(id: string, file: string, maxBytes: number): Promise<Uint8Array | null> {
  const reader = openObjectReader(maxBytes)
  try {
    for await (const answer of reader.read([{ kind: 'place', path: file, id }])) {
      if (answer.kind === 'unread') return null
      if (answer.size > maxBytes) throw new SealwardError('limit', `is larger than ${maxBytes} bytes`, { file })
      return Uint8Array.from(answer.bytes)
    }
    return null
  } finally {
    reader.close()
  }
}
