import { means } from '../../glob/means.ts'
import { settleEnvironment } from '../environments.ts'
import type { Policy } from '../policy.ts'
import type { Member } from '../sections/people/recipients.ts'
import type { Role } from '../sections/people/roles.ts'

/** Somebody who can open a file because of a role. */
export interface ByRole {
  readonly member: Member
  readonly role: Role
}

/**
 * Who can open a file by a role, each once, by the first of their roles that covers it. Where a role says both, the path and the
 * environment have to fit.
 *
 * @param path relative to sealward.yml, with '/' separators
 */
export function coveredByRole(policy: Policy, path: string): readonly ByRole[] {
  const members = policy.members.filter(({ roles }) => roles.length > 0)
  if (members.length === 0) return []
  const covering = rolesCovering(policy, path)
  return members.flatMap((member): ByRole[] => {
    const role = member.roles.flatMap((name) => covering.find((one) => one.name === name) ?? [])[0]
    return role === undefined ? [] : [{ member, role }]
  })
}

function rolesCovering(policy: Policy, path: string): readonly Role[] {
  const environment = settleEnvironment(policy, path)
  // What is built in means kinds: an environment called staging may be for production.
  const isIn = ({ line, environments }: Role) =>
    environments === null ||
    environments.some((one) => one === environment?.kind || (line !== null && one === environment?.name))
  return policy.roles.filter(
    (role) => (role.paths === null || role.paths.some((glob) => means(glob, path))) && isIn(role),
  )
}

/** Members without a role: the everybody of a file for which sealward.yml has no list. */
export function everybody({ members }: Pick<Policy, 'members'>): readonly Member[] {
  return members.filter(({ roles }) => roles.length === 0)
}
