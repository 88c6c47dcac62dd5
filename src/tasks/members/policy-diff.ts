import { type AccessChange, compareAccess } from '../../core/policy/people/compare.ts'
import { type Policy, parsePolicy } from '../../core/policy/policy.ts'
import { policyAt } from '../steps/members/policy-at.ts'
import { findPolicy, findPolicyFiles, type PolicyFilesWorld } from '../steps/members/policy-files.ts'
import type { StoredFiles } from '../world/git/repository.ts'

export interface PolicyDiffRequest {
  /** The folder whose sealward.yml counts, from the top of the repository. */
  readonly folder: string
  readonly from: string
  /** Null for what is on disk. */
  readonly to: string | null
}

export type PolicyDiffWorld = PolicyFilesWorld & { readonly stored: Pick<StoredFiles, 'at'> }

/**
 * Says who gains and who loses which files between two versions of sealward.yml. Asked about are the encrypted files that there are today,
 * and what both versions say of them: whether they are encrypted so is what `verify` looks at. A version that is not there names nobody.
 *
 * @throws SealwardError not-found for no commit, git, policy-invalid
 */
export async function diffPolicies(
  { folder, from, to }: PolicyDiffRequest,
  world: PolicyDiffWorld,
): Promise<readonly AccessChange[]> {
  const found = await findPolicy(folder, world)
  const { policy, bytes } = found
  const at = async (revision: string): Promise<Policy> =>
    (await policyAt(revision, policy.file, world.stored))?.policy ?? parsePolicy('', policy.file)
  const before = await at(from)
  const after = to === null ? policy : await at(to)
  // What a version names whole is asked about too.
  const files = [...policy.files, ...before.files, ...after.files]
  return compareAccess(before, after, await findPolicyFiles({ policy: { ...policy, files }, bytes }, world))
}
