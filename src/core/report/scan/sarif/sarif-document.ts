import { describe, loadWords } from '../../../scan/all-rules.ts'
import type { ScanOutcome } from '../../../scan/outcome.ts'
import { publishedFingerprints } from '../../../scan/published-fingerprint.ts'
import { printSarif } from './sarif.ts'

/**
 * A scan's outcome as a SARIF file to upload to code scanning: what was allowed is left out, because GitHub would open alerts for it.
 *
 * @param version Sealward's own
 */
export async function printSarifOf({ findings, cut }: ScanOutcome, version: string): Promise<string> {
  await loadWords()
  const fingerprints = publishedFingerprints(findings)
  return printSarif({
    findings: findings.map((finding, index) => ({ finding, fingerprint: fingerprints[index]! })),
    allowed: [],
    cut,
    category: 'sealward',
    version,
    describe,
  })
}
