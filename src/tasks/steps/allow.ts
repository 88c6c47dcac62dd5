import type { Finding } from '../../core/finding.ts'
import type { Staged } from '../world-git.ts'

/** Findings, divided by `hook.allow` of the policy. */
export interface Verdict {
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
}

const POLICY_FILE = 'sealward.yml'

/**
 * Subtracts what the policy allows. The policy is the one in the index: it is what the commit publishes, so everybody can see
 * the reason, and CI comes to the same verdict. It is read when there is something to allow: a clean commit does not pay for YAML.
 *
 * @throws SealwardError policy-invalid
 */
export async function subtractAllowed(findings: readonly Finding[], now: Date, staged: Staged): Promise<Verdict> {
  const source = findings.length === 0 ? null : await readPolicy(staged)
  if (source === null) return { findings, allowed: [] }
  const [{ parsePolicy }, { isAllowed }] = await Promise.all([
    import('../../core/policy/policy.ts'),
    import('../../core/policy/match.ts'),
  ])
  const policy = parsePolicy(source, POLICY_FILE)
  const refused: Finding[] = []
  const allowed: { finding: Finding; reason: string }[] = []
  for (const finding of findings) {
    const allowance = isAllowed(policy, { path: finding.file, rule: finding.rule, now })
    if (allowance === null) refused.push(finding)
    else allowed.push({ finding, reason: allowance.reason })
  }
  return { findings: refused, allowed }
}

async function readPolicy(staged: Staged): Promise<Uint8Array | null> {
  for await (const { bytes } of staged.read([`:${POLICY_FILE}`])) return bytes
  return null
}
