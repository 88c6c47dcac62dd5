import { LIKELY, RARE } from './families.ts'
import type { Family } from './forms/family.ts'
import type { Parts, Source, SourceKind } from './parts/parts.ts'

/** The forms of one secret by one family. */
export interface Batch {
  readonly family: Family
  readonly forms: readonly string[]
}

const DERIVED_LENGTH = 8
const LINE_END = /[\r\n]/
/** Of a longer text only the families that say so derive forms: base64, JSON and hex. */
const LONGEST = 16 * 1024
/** A rare family with more forms of one secret, such as a line of a key each, waits for the cheaper ones. */
const MANY = 24

/** All forms, family by family, so that every secret has the likely forms before one has the rare ones. */
export function* batchesOf(secrets: readonly Parts[]): Iterable<Batch> {
  for (const family of LIKELY) for (const { sources } of secrets) yield { family, forms: formsOf(sources, family) }
  const waiting: Batch[] = []
  for (const family of RARE)
    for (const { sources } of secrets) {
      const batch = { family, forms: formsOf(sources, family) }
      if (batch.forms.length > MANY) waiting.push(batch)
      else yield batch
    }
  yield* waiting.sort((one, other) => one.forms.length - other.forms.length)
}

function formsOf(sources: readonly Source[], family: Family): string[] {
  const forms = new Set<string>()
  for (const { text, kind } of sources)
    if (suits(family, kind, text.plain.length))
      for (const form of family.forms(text))
        if (form.length >= DERIVED_LENGTH && !(text.hasLines && LINE_END.test(form))) forms.add(form)
  return [...forms]
}

function suits({ leaves, lines, longest = LONGEST }: Family, kind: SourceKind, length: number): boolean {
  if (length > longest) return false
  if (kind === 'value') return true
  if (kind === 'leaf') return leaves === true
  return lines === 'all' || (lines === 'written' && kind === 'line')
}
