import { byCodeUnits } from '../../core/code-units.ts'
import { SealwardError } from '../../core/errors.ts'
import { type Grant, grantsIn, grantsOf, type Window } from '../../core/members/access.ts'
import { nearest } from '../../core/policy/nearest.ts'
import type { LeftBehindWorld } from '../steps/members/left-behind.ts'
import { namesByKey } from '../steps/members/named-keys.ts'
import { findPolicy, findPolicyFiles, type PolicyFilesWorld } from '../steps/members/policy-files.ts'
import { readRevisions } from '../steps/members/read-revisions.ts'

export interface AccessRequest {
  /** The folder whose sealward.yml counts, from the top of the repository. */
  readonly folder: string
  /** A name of recipients, now or ever, an age recipient, a file, or a role: that stands for those who have it today. */
  readonly subject: string
  /** The same as a path from the top; null where it is outside. */
  readonly path: string | null
  /** The time in question; null for all of it. */
  readonly window: Window | null
}

export interface AccessOutcome {
  readonly grants: readonly NamedGrant[]
  readonly notes: readonly string[]
}

/** @property name null for a key that no version of sealward.yml has */
export type NamedGrant = Grant & { readonly name: string | null }

/**
 * Says who could open what, when: by what git has of the files and of sealward.yml, and what is on disk. Needs no key and no network.
 *
 * @throws SealwardError not-found for nobody and no file, git, policy-invalid
 */
export async function access(
  { folder, subject, path, window }: AccessRequest,
  world: PolicyFilesWorld & LeftBehindWorld,
): Promise<AccessOutcome> {
  const found = await findPolicy(folder, world)
  const names = await namesByKey(found.policy, world.history)
  const files = await findPolicyFiles(found, world)
  const { revisions, notes } = await readRevisions({ files, now: world.clock.now() }, world)
  const all = grantsOf(revisions).map((grant) => ({ ...grant, name: names.get(grant.key) ?? null }))
  const { members, roles } = found.policy
  const holders = new Set(members.filter((member) => member.roles.includes(subject)).map(({ name }) => name))
  const own = all.filter(
    ({ file, key, name }) => subject === name || subject === key || path === file || holders.has(name ?? ''),
  )
  const isRole = roles.some(({ name }) => name === subject)
  const isKnown = [...names.values()].includes(subject) || own.length > 0 || isRole
  if (!isKnown)
    throw unknown(subject, [...names.values(), ...roles.map(({ name }) => name), ...all.map(({ file }) => file)])
  const asked = window === null ? own : grantsIn(own, window)
  const sorted = asked.toSorted(
    (one, other) => byCodeUnits(one.file, other.file) || one.from.getTime() - other.from.getTime(),
  )
  return { grants: sorted, notes: notes.map(({ message }) => message) }
}

function unknown(subject: string, known: readonly string[]): SealwardError {
  const guess = nearest(subject, [...new Set(known)])
  return new SealwardError('not-found', 'sealward.yml never had anybody of this name, and git no encrypted file', {
    file: subject,
    ...(guess !== null && { hint: `did you mean ${guess}?` }),
  })
}
