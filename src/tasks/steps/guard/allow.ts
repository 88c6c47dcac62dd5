import type { Finding } from '../../../core/finding.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import { BASELINE_FILE } from '../../../core/scan/allow/baseline-file.ts'
import type { StaleAllowance } from '../../../core/scan/outcome.ts'
import type { Hit } from '../../../core/scan/rule.ts'
import type { Staged } from '../../world/git/repository.ts'
import { readStaged, type StagedPolicy } from './staged-policy.ts'

/** Findings, divided by what the repository allows. */
export interface Verdict {
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
  /** Allowances that somebody may have counted on, and that do not count. */
  readonly mend: readonly StaleAllowance[]
}

/** One text with something in it. */
export interface Suspect {
  readonly path: string
  /** All hits, from the front to the back: an allowance may count which one of a name a hit is. */
  readonly hits: readonly Hit[]
  /** Those of them that are to be refused, if nobody allowed them. */
  readonly news: readonly Hit[]
}

/** What is to be judged by, and when. */
export interface AllowanceSources {
  readonly policy: StagedPolicy
  readonly staged: Staged
  readonly now: Date
}

/**
 * Subtracts what comments, sealward.yml and the baseline allow; the latter two as the index has them. They are read when there is
 * something to allow.
 *
 * @param contents the texts of the suspects, in their order
 * @throws SealwardError policy-invalid
 */
export async function subtractAllowed(
  suspects: readonly Suspect[],
  contents: AsyncIterable<{ readonly bytes: Uint8Array | null }>,
  { policy: staged, ...sources }: AllowanceSources,
): Promise<Verdict> {
  const verdict = { findings: [] as Finding[], allowed: [] as { finding: Finding; reason: string }[] }
  if (suspects.length === 0) return { ...verdict, mend: [] }
  const { AllowanceJudge } = await import('../../../core/scan/allow/judge.ts')
  const { ScanText } = await import('../../../core/scan/engine/scan-text.ts')
  const { now } = sources
  const policy = await staged.read()
  const judge = new AllowanceJudge({ policy, baseline: await readBaseline(sources.staged), now, whole: false })
  const waived = await waiversOf(policy)
  let next = 0
  for await (const { bytes } of contents) {
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
  const looked = new Set(suspects.map(({ path }) => path))
  const comments = judge.finish().filter(({ file, line }) => line !== undefined && looked.has(file))
  return { ...verdict, mend: [...comments, ...(await mendIn(policy, { findings: verdict.findings, now }))] }
}

async function mendIn(
  policy: Policy | null,
  judged: { readonly findings: readonly Finding[]; readonly now: Date },
): Promise<readonly StaleAllowance[]> {
  if (policy === null) return []
  const { allowancesToMend } = await import('../../../core/scan/allow/mend.ts')
  const own = policy.scan.rules.map(({ id }) => id)
  const ruleIds = async () => {
    const { builtInIds } = await import('../../../core/scan/all-rules.ts')
    return new Set([...(await builtInIds()), ...own])
  }
  return allowancesToMend(policy, { ...judged, ruleIds })
}

/** What a scan does not look at, or does not fail for, stops no commit either. */
async function waiversOf(policy: Policy | null): Promise<(finding: Finding) => string | null> {
  if (policy === null) return () => null
  const { fails, ignoredBy } = await import('../../../core/policy/scan/scan-match.ts')
  const ignored = ignoredBy(policy.scan)
  return (finding) => ignored(finding.file) ?? (fails(policy.scan, finding) ? null : 'it has less weight than fail-on')
}

async function readBaseline(staged: Staged) {
  const source = await readStaged(BASELINE_FILE, staged)
  if (source === null) return null
  const { parseBaseline } = await import('../../../core/scan/allow/baseline.ts')
  return { file: BASELINE_FILE, content: parseBaseline(source, BASELINE_FILE) }
}
