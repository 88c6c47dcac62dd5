import type { Detection } from '../detection.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { readAssignment } from './assignment.ts'
import type { FileTraits } from './file-traits.ts'
import { readCredentialLine } from './place/credential-line.ts'
import { readPlace } from './readers.ts'

/**
 * Finds secrets that no vendor's shape gives away: by their names, their places and how they look.
 * @param hits where GENERIC_LITERALS stand in the text, sorted
 */
export function findGeneric(text: ScanText, hits: readonly number[], file: FileTraits): Detection[] {
  if (file.silent) return []
  const found: Detection[] = []
  let nameEnd = 0
  for (const hit of hits) {
    const special = readSpecial(text, hit, file)
    for (const detection of special) found.push(detection)
    if (special.length > 0 || hit < nameEnd || !isLetter(text.bytes[hit]!)) continue
    const assignment = readAssignment(text, hit, file)
    if (assignment === null) continue
    nameEnd = assignment.nameEnd
    if (assignment.detection !== null) found.push(assignment.detection)
  }
  return withoutOverlaps(found)
}

const NONE: readonly Detection[] = []

function readSpecial(text: ScanText, hit: number, file: FileTraits): readonly Detection[] {
  if (file.credentialFile !== null) return asList(readCredentialLine(text, hit, file.credentialFile))
  const found = readPlace(text, hit, file)
  return found === null ? NONE : Array.isArray(found) ? found : asList(found as Detection)
}

function isLetter(byte: number): boolean {
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x7a
}

function asList(detection: Detection | null): readonly Detection[] {
  return detection === null ? NONE : [detection]
}

/** One secret is reported once: an address inside an assignment goes before the assignment, as it says more. */
function withoutOverlaps(found: Detection[]): Detection[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Detection[] = []
  for (const detection of found) {
    const last = kept.at(-1)
    if (last === undefined || detection.start >= last.end) kept.push(detection)
    else if (last.rule.startsWith('generic-') && !detection.rule.startsWith('generic-'))
      kept[kept.length - 1] = detection
  }
  return kept
}
