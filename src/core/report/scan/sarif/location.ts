import type { Finding } from '../../../finding.ts'
import { encodePath } from './encode-path.ts'
import type { SarifLocation, SarifRegion } from './types.ts'

/** A place in the source code, as GitHub wants it: a URI relative to the top of the repository, and all four ends of a region. */
export function locationOf(finding: Finding): SarifLocation {
  return { physicalLocation: { ...fileOf(finding.file).physicalLocation, region: regionOf(finding) } }
}

/** A whole file. */
export function fileOf(path: string): SarifLocation {
  return { physicalLocation: { artifactLocation: artifactOf(path) } }
}

/** A file outside of the repository, as it can be named on a command line, has an address of its own. */
function artifactOf(path: string): { uri: string; uriBaseId?: string } {
  if (path.startsWith('/')) return { uri: `file://${encodePath(path)}` }
  return { uri: encodePath(path), uriBaseId: '%SRCROOT%' }
}

/**
 * From where the secret begins to the end of what of it is public: no place behind it is known here. What is about the whole file
 * stands at its beginning, because GitHub shows nothing without a region. Columns are in bytes, which is the same as in characters
 * up to the first character of the line that is not ASCII.
 */
function regionOf({ line = 1, column = 1, preview = '' }: Finding): SarifRegion {
  const width = Math.max(1, preview.replace('\u2026', '').length)
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + width }
}
