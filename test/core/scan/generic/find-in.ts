import type { Detection } from '../../../../src/core/scan/detection.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { traitsOf } from '../../../../src/core/scan/generic/file-traits.ts'
import { findGeneric } from '../../../../src/core/scan/generic/find-generic.ts'
import { GENERIC_LITERALS } from '../../../../src/core/scan/generic/literals.ts'
import { fillTemplate, seeded } from '../templates.ts'

/** What the generic rules find in a file, with the plainest search for their literals. */
export function findIn(path: string, content: string): { readonly text: ScanText; readonly found: Detection[] } {
  const bytes = Buffer.from(content)
  const lower = bytes.toString('latin1').toLowerCase()
  const hits = GENERIC_LITERALS.flatMap((literal) => placesOf(lower, literal)).sort((a, b) => a - b)
  const text = new ScanText(bytes)
  return { text, found: findGeneric(text, hits, traitsOf(path)) }
}

const SEEDS = [1, 2, 3, 4, 5]

/** What a template comes to with random values of some seeds, each outcome once: `rule confidence` of all that is found, or `nothing`. */
export function outcomesIn(path: string, template: string): readonly string[] {
  const outcomes = SEEDS.map((seed) => {
    const { found } = findIn(path, fillTemplate(template, seeded(seed)))
    return found.map(({ rule, confidence }) => `${rule} ${confidence}`).join(', ') || 'nothing'
  })
  return [...new Set(outcomes)]
}

function placesOf(text: string, literal: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) places.push(at)
  return places
}
