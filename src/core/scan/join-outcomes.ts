import type { ScanOutcome } from './outcome.ts'

/** Two scans as one, the findings of the first before those of the second. */
export function joinOutcomes(one: ScanOutcome, other: ScanOutcome): ScanOutcome {
  return {
    findings: [...one.findings, ...other.findings],
    allowed: [...one.allowed, ...other.allowed],
    stale: [...one.stale, ...other.stale],
    looked: {
      what: `${one.looked.what} and ${other.looked.what}`,
      count: one.looked.count + other.looked.count,
      bytes: one.looked.bytes + other.looked.bytes,
      milliseconds: one.looked.milliseconds + other.looked.milliseconds,
    },
    cut: [...one.cut, ...other.cut],
  }
}
