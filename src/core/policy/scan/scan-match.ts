import type { Finding } from '../../finding.ts'
import { type Glob, parseGlob } from '../../glob/glob.ts'
import { matchesGlob } from '../../glob/match.ts'
import type { Floors } from '../floors.ts'
import type { ScanPolicy } from './scan-policy.ts'

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
const CONFIDENCES = ['low', 'medium', 'high'] as const

/**
 * Which files a scan does not look at. The globs are compiled once, for trees of many thousand files.
 *
 * @returns the reason for a path (relative to sealward.yml, '/' separators), or null when it is looked at
 */
export function ignoredBy({ ignore }: ScanPolicy): (path: string) => string | null {
  // What is no glob is refused where sealward.yml is read.
  const entries = ignore.map(({ path, reason }) => ({ glob: parseGlob(path) as Glob, reason }))
  return (path) => entries.find(({ glob }) => matchesGlob(glob, path))?.reason ?? null
}

/** Whether a finding fails a scan: it has the severity and the confidence of `fail-on`, or says nothing of them. */
export function fails(
  { failOn }: { readonly failOn: Floors },
  { severity = 'critical', confidence = 'high' }: Finding,
): boolean {
  if (failOn === 'never') return false
  return (
    SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn.severity) &&
    CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(failOn.confidence)
  )
}
