import type { Finding } from '../../core/finding.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { BASELINE_FILE } from '../../core/scan/allow/baseline-file.ts'
import type { Hit } from '../../core/scan/rule.ts'
import type { Staged } from '../world-git.ts'

/** Findings, divided by what the repository allows. */
export interface Verdict {
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
}

/** One staged file with something in it. */
export interface SuspectFile {
  readonly path: string
  /** The id of its content. */
  readonly id: string
  /** All hits, from the front to the back: an allowance may count which one of a name a hit is. */
  readonly hits: readonly Hit[]
  /** Those of them that are to be refused, if nobody allowed them. */
  readonly news: readonly Hit[]
}

const POLICY_FILE = 'sealward.yml'

/**
 * Subtracts what comments, sealward.yml and the baseline allow. They are those of the index: it is what the commit publishes, so
 * everybody can see the reason, and CI comes to the same verdict. They are read when there is something to allow: a clean commit does not
 * pay for YAML.
 *
 * @throws SealwardError policy-invalid
 */
export async function subtractAllowed(suspects: readonly SuspectFile[], now: Date, staged: Staged): Promise<Verdict> {
  const verdict = { findings: [] as Finding[], allowed: [] as { finding: Finding; reason: string }[] }
  if (suspects.length === 0) return verdict
  const { AllowanceJudge } = await import('../../core/scan/allow/judge.ts')
  const { ScanText } = await import('../../core/scan/engine/scan-text.ts')
  const policy = await readPolicy(staged)
  const judge = new AllowanceJudge({ policy, baseline: await readBaseline(staged), now, whole: false })
  const waived = await waiversOf(policy)
  let next = 0
  for await (const { bytes } of staged.read(suspects.map(({ id }) => id))) {
    const { path, hits, news } = suspects[next++]!
    const text = new ScanText(bytes ?? new Uint8Array())
    const isNews = new Set(news.map(({ finding }) => finding))
    const judged = await judge.judge({ file: path, text, hits })
    for (const finding of judged.findings.filter((one) => isNews.has(one))) {
      const reason = waived(finding)
      if (reason === null) verdict.findings.push(finding)
      else verdict.allowed.push({ finding, reason })
    }
    verdict.allowed.push(...judged.allowed.filter(({ finding }) => isNews.has(finding)))
  }
  return verdict
}

/** What a scan does not look at, or does not fail for, stops no commit either. */
async function waiversOf(policy: Policy | null): Promise<(finding: Finding) => string | null> {
  if (policy === null) return () => null
  const { fails, ignoredBy } = await import('../../core/policy/scan-match.ts')
  const ignored = ignoredBy(policy.scan)
  return (finding) => ignored(finding.file) ?? (fails(policy.scan, finding) ? null : 'it has less weight than fail-on')
}

async function readPolicy(staged: Staged): Promise<Policy | null> {
  const source = await readStaged(POLICY_FILE, staged)
  if (source === null) return null
  const { parsePolicy } = await import('../../core/policy/policy.ts')
  return parsePolicy(source, POLICY_FILE)
}

async function readBaseline(staged: Staged) {
  const source = await readStaged(BASELINE_FILE, staged)
  if (source === null) return null
  const { parseBaseline } = await import('../../core/scan/allow/baseline.ts')
  return { file: BASELINE_FILE, content: parseBaseline(source, BASELINE_FILE) }
}

async function readStaged(path: string, staged: Staged): Promise<Uint8Array | null> {
  for await (const { bytes } of staged.read([`:${path}`])) return bytes
  return null
}
