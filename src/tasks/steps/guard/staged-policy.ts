import type { Policy } from '../../../core/policy/policy.ts'
import { FINGERPRINTS_FILE } from '../../../core/scan/own/keyless/index-file.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import { RULES } from '../../../core/scan/rules.ts'
import type { Staged } from '../../world/git/repository.ts'
import { fingerprintRules } from '../own/own-fingerprints.ts'

/** sealward.yml as the index has it: it is what the commit publishes, so everybody can see it, and CI comes to the same verdict. */
export interface StagedPolicy {
  /** @throws SealwardError policy-invalid */
  read(): Promise<Policy | null>
  /**
   * Every rule to judge by, with that of the fingerprints in the index. The file is parsed when it may have rules of its own, so that a
   * clean commit does not pay for YAML. A key can be spelled with escapes in YAML, so the backslash that those need counts as a mention.
   *
   * @throws SealwardError policy-invalid
   */
  rules(): Promise<readonly ScanRule[]>
}

const FILE = 'sealward.yml'

export async function openStagedPolicy(staged: Staged): Promise<StagedPolicy> {
  const source = await readStaged(FILE, staged)
  let parsed: Policy | undefined
  const read = async (): Promise<Policy | null> => {
    if (source === null) return null
    const { parsePolicy } = await import('../../../core/policy/policy.ts')
    parsed ??= parsePolicy(source, FILE)
    return parsed
  }
  return {
    read,
    async rules() {
      const text = Buffer.from(source ?? '').toString('latin1')
      const policy = text.includes('rules') || text.includes('\\') ? await read() : null
      const own = await fingerprintRules(await readStaged(FINGERPRINTS_FILE, staged))
      if (policy === null || policy.scan.rules.length === 0) return own.length === 0 ? RULES : [...RULES, ...own]
      const { rulesFor } = await import('../../../core/scan/custom/rules-for.ts')
      return [...(await rulesFor({ file: FILE, rules: policy.scan.rules })), ...own]
    },
  }
}

/** A file of the index; null when it has none at that path. */
export async function readStaged(path: string, staged: Staged): Promise<Uint8Array | null> {
  for await (const { bytes } of staged.read([`:${path}`])) return bytes
  return null
}
