import { SealwardError } from '../../src/core/errors.ts'
import type { Files } from '../../src/tasks/world.ts'

/** Files that stand in memory, by path. Bounds and refusals are those of the port. */
export function memoryFiles(contents: Map<string, Uint8Array>): Files {
  return {
    async read(path, maxBytes) {
      const bytes = contents.get(path) ?? null
      if (bytes !== null && bytes.length > maxBytes)
        throw new SealwardError('limit', `larger than ${maxBytes} bytes`, { file: path })
      return bytes
    },
    async write(path, bytes, { exists }) {
      if (exists === 'refuse' && contents.has(path)) throw new SealwardError('exists', 'already exists', { file: path })
      contents.set(path, Uint8Array.from(bytes))
    },
    locked: (_, work) => work(),
  }
}
