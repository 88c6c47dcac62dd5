import { SealwardError } from '../../../core/errors.ts'
import { TEXT_BYTES } from '../../../core/scan/limits.ts'
import type { StoredBlob } from '../../../tasks/world/git/repository.ts'
import { startGit } from '../child.ts'
import { type ByteReader, readBytes } from './byte-reader.ts'

/** With more than this left of a blob, a new git process is cheaper than reading to its end. */
const SKIP_BYTES = 16 * 1024 * 1024

/**
 * Reads blobs by one `git cat-file --batch`, in the order of `names` (ids, or `:path` for what the index has), one at a time: memory
 * holds the first 8 MiB of one blob. Replacement refs are ignored, because what is published is the object itself.
 *
 * @throws SealwardError git when git cannot read an object, or has something other than a blob under a name
 */
export async function* readBlobs(names: readonly string[]): AsyncGenerator<StoredBlob> {
  let unread = names
  while (unread.length > 0) unread = yield* readUntilHuge(unread)
}

/** @returns the names that are left behind a blob which is too large to read past */
async function* readUntilHuge(names: readonly string[]): AsyncGenerator<StoredBlob, readonly string[]> {
  const child = startGit(['--no-replace-objects', 'cat-file', '--batch', '--buffer'])
  child.stdin.end(`${names.join('\n')}\n`)
  const reader = readBytes(child.stdout)
  try {
    for (const [index, name] of names.entries()) {
      const header = await reader.line()
      if (header === null) break
      const blob = await readBlob(name, header.toString('latin1'), reader)
      yield blob
      if (blob.bytes === null) continue
      const left = blob.size - blob.bytes.length
      if (left > SKIP_BYTES) return names.slice(index + 1)
      await reader.skip(left + '\n'.length)
    }
    const more = await reader.line()
    await child.done()
    if (more !== null) throw unexpected()
    return []
  } finally {
    child.stop()
  }
}

/** `<id> blob <size>`, then the content and LF; or `<name> missing`. */
async function readBlob(name: string, header: string, reader: ByteReader): Promise<StoredBlob> {
  if (header.endsWith(' missing')) return { name, bytes: null, size: 0 }
  const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN)
  if (!Number.isSafeInteger(size)) throw unexpected()
  const wanted = Math.min(size, TEXT_BYTES)
  const bytes = await reader.take(wanted)
  if (bytes.length < wanted) throw new SealwardError('git', 'git ended in the middle of a file')
  return { name, bytes, size }
}

function unexpected(): SealwardError {
  return new SealwardError('git', 'git cat-file answered in a way that is not understood')
}
