import type { Document } from '../dotenv/document.ts'

/** What differs between two documents, by name, in the order of the second (removed ones: of the first). */
export interface Changes {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

export function changesBetween(before: Document, after: Document): Changes {
  const [old, fresh] = [valuesOf(before), valuesOf(after)]
  const names = [...fresh.keys()]
  return {
    added: names.filter((name) => !old.has(name)),
    changed: names.filter((name) => old.has(name) && old.get(name) !== fresh.get(name)),
    removed: [...old.keys()].filter((name) => !fresh.has(name)),
  }
}

/** A document's variables, in order. */
export function valuesOf(document: Document): Map<string, string> {
  return new Map(document.flatMap((line) => (line.kind === 'entry' ? [[line.name, line.value] as const] : [])))
}
