import type { Finding, Origin } from '../../finding.ts'

/** What is said of each of them, in every report. */
export const PAST_HOOKS = 'has what the hooks refuse: committed without them, or with --no-verify'

/** The commits, of those that were asked about, that the hooks of sealward would have refused: each once, in the order of the findings. */
export function commitsPastHooks(findings: readonly Finding[]): string[] {
  const origins = findings.flatMap(({ origin }) => (origin?.recent === true ? [origin] : []))
  return [...new Map(origins.map((origin) => [origin.commit, sayCommit(origin)])).values()]
}

/** `COMMIT of 2027-01-31`. */
function sayCommit({ commit, date }: Origin): string {
  return date === undefined ? commit : `${commit} of ${date.slice(0, 10)}`
}
