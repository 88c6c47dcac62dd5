import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Filter } from '../../core/redact/filter.ts'

/**
 * Reads one stream to its end and writes it to another through a filter. When nobody reads the target any more, the source is
 * closed, so that whoever writes to it learns so as it would without us: by SIGPIPE.
 */
export async function pump(source: Readable, filter: Filter, target: Writable): Promise<void> {
  let gone = false
  const leave = () => {
    gone = true
    source.destroy()
  }
  target.once('error', leave)
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) await write(target, filter.push(chunk))
    await write(target, filter.end())
  } catch (error) {
    if (!gone) throw error
  } finally {
    target.off('error', leave)
  }
}

async function write(target: Writable, bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0 && !target.write(bytes)) await once(target, 'drain')
}
