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
  const entries = ignore.flatMap(({ path, reason }) => {
    const glob = parseGlob(path)
    return typeof glob === 'string' ? [] : [{ glob, reason }]
  })
  return (path) => entries.find(({ glob }: { glob: Glob }) => matchesGlob(glob, path))?.reason ?? null
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
