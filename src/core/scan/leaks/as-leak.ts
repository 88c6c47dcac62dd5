import type { Finding } from '../../finding.ts'
import type { ScanOutcome } from '../outcome.ts'

/** Everything found in what a run left behind, as of that run and not of a file: no annotation can stand on its line, and no comment allow it. */
export function asLeaks(outcome: ScanOutcome, run: number): ScanOutcome {
  const asLeak = (finding: Finding): Finding => ({ ...finding, origin: { commit: `run ${run}` }, fix: FIX })
  return {
    ...outcome,
    findings: outcome.findings.map(asLeak),
    allowed: outcome.allowed.map((one) => ({ ...one, finding: asLeak(one.finding) })),
    // Which allowances are of no use is known when the files are looked at.
    stale: [],
  }
}

const FIX = 'rotate the secret first: whoever may read the run has it; then delete the log or the artifact'
