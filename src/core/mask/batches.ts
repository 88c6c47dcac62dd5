import { LIKELY, RARE } from './families.ts'
import type { Family } from './forms/family.ts'
import type { Text } from './forms/text.ts'
import { DERIVED_LENGTH } from './mask-set.ts'
import type { Parts, Source, SourceKind } from './parts/parts.ts'

/** The forms of one secret by one family. */
export interface Batch {
  readonly family: Family
  readonly forms: readonly string[]
}

const LINE_END = /[\r\n]/
/** Of a longer text only the families that say so derive forms: base64, JSON and hex. */
const LONGEST = 16 * 1024
/** A rare family with more forms of one secret, such as a line of a key each, waits for the cheaper ones. */
const MANY = 24

/**
 * All forms, family by family, so that every secret has the likely forms before one has the rare ones. A step makes a thousand batches
 * while nothing is compiled yet, so what is empty is left out.
 */
export function* batchesOf(secrets: readonly Parts[]): Iterable<Batch> {
  for (const family of LIKELY)
    for (const { sources } of secrets) {
      const forms = formsOf(sources, family)
      if (forms.length > 0) yield { family, forms }
    }
  const waiting: Batch[] = []
  for (const family of RARE)
    for (const { sources } of secrets) {
      const forms = formsOf(sources, family)
      if (forms.length > MANY) waiting.push({ family, forms })
      else if (forms.length > 0) yield { family, forms }
    }
  yield* waiting.sort((one, other) => one.forms.length - other.forms.length)
}

/** Repetitions, and forms too short to be hidden, are dropped by the set of masks; here only where the count matters. */
function formsOf(sources: readonly Source[], family: Family): readonly string[] {
  const forms: string[] = []
  for (let at = 0; at < sources.length; at += 1) {
    const { text, kind } = sources[at]!
    if (!suits(family, kind, text)) continue
    const made = family.forms(text)
    forms.push(...(text.hasLines ? [...made].filter((form) => !LINE_END.test(form)) : made))
  }
  return forms.length > MANY ? [...new Set(forms)].filter((form) => form.length >= DERIVED_LENGTH) : forms
}

function suits({ leaves, lines, sparesWords, longest = LONGEST }: Family, kind: SourceKind, text: Text): boolean {
  if ((sparesWords && text.isWord) || text.plain.length > longest) return false
  if (kind === 'value') return true
  if (kind === 'leaf') return leaves === true
  return lines === 'all' || (lines === 'written' && kind === 'line')
}
