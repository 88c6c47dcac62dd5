import { SealwardError } from '../../../core/errors.ts'
import { type Policy, parsePolicy } from '../../../core/policy/policy.ts'
import type { StoredFiles } from '../../world/git/repository.ts'
import { POLICY_FILES } from '../policy-for.ts'

/** A sealward.yml of the past. */
export interface PolicyAt {
  readonly policy: Policy
  readonly bytes: Uint8Array
}

/**
 * The sealward.yml that a commit has in the place of one.
 *
 * @param file from the top of the repository
 * @returns null where the commit has none
 * @throws SealwardError not-found for no commit, git; policy-invalid where it breaks the schema of today
 */
export async function policyAt(
  revision: string,
  file: string,
  stored: Pick<StoredFiles, 'at'>,
): Promise<PolicyAt | null> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  for (const path of new Set([file, ...POLICY_FILES.map((name) => folder + name)])) {
    const bytes = await stored.at(revision, path)
    if (bytes !== null) return { policy: parsed(bytes, path, revision), bytes }
  }
  return null
}

/** What is wrong with it is wrong there, and not in the file on disk. */
function parsed(bytes: Uint8Array, path: string, revision: string): Policy {
  try {
    return parsePolicy(bytes, path)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    const { code, message, line } = error
    throw new SealwardError(code, message, { file: `${revision}:${path}`, ...(line !== undefined && { line }) })
  }
}
