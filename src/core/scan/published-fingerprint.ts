import { createHash } from 'node:crypto'
import type { Finding } from '../finding.ts'

/**
 * By what a finding is known again on another line, in a report that others keep: its rule, its file, and which one of that rule in that
 * file it is. Nothing of the secret goes in, so a report can be kept anywhere.
 *
 * @returns one for each finding, in hexadecimal
 */
export function publishedFingerprints(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>()
  return findings.map(({ rule, file }) => {
    const place = `${rule}\0${file}`
    const count = counts.get(place) ?? 0
    counts.set(place, count + 1)
    return createHash('sha256').update(`${place}\0${count}`).digest('hex').slice(0, 32)
  })
}
