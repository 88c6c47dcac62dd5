import type { Document } from '../../core/dotenv/document.ts'
import { VALUE_WARN_BYTES } from '../../core/envelope/limits.ts'

/** Values that a Windows environment cannot hold and that bring every platform closer to its limit. */
export function sizeWarnings(document: Document): string[] {
  return document.flatMap((line) => {
    if (line.kind !== 'entry' || line.value.length <= VALUE_WARN_BYTES / 4) return []
    const bytes = Buffer.byteLength(line.value)
    return bytes > VALUE_WARN_BYTES
      ? [`${line.name} is ${Math.ceil(bytes / 1024)} KiB long: some platforms refuse variables over 32 KiB`]
      : []
  })
}
