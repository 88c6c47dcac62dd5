import { byCodeUnits } from '../../core/code-units.ts'
import { stageOf } from '../../core/credential/machine/phase.ts'
import { recordPath } from '../../core/credential/record/place.ts'
import { readPlainRecord } from '../../core/credential/record/read-record.ts'
import { SealwardError } from '../../core/errors.ts'
import { environmentOf } from '../../core/policy/environments.ts'
import { nearest } from '../../core/policy/nearest.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { CredentialRule, RotationPolicy } from '../../core/policy/sections/rotation.ts'
import { settlePolicy } from '../steps/check/sealed-files.ts'
import { type DueWorld, findDue } from '../steps/credential/reading/find-due.ts'
import type { Deliveries } from '../steps/credential/run.ts'

export interface CredentialsRequest {
  /** As sealward.yml calls them; empty for all. */
  readonly names: readonly string[]
  /** Only credentials of this environment. */
  readonly environment: string | null
  /** Only those whose value is as old as sealward.yml allows, and those whose rotation is under way. */
  readonly onlyDue: boolean
}

export type ChooseWorld = DueWorld & { readonly deliveries: Deliveries }

export interface ChosenCredentials {
  readonly policy: RotationPolicy
  readonly credentials: readonly CredentialRule[]
}

/**
 * Which credentials of the sealward.yml at the top are meant.
 *
 * @returns none where nothing is due
 * @throws SealwardError not-found for a name or an environment that no credential has, and where sealward.yml has none; policy-invalid
 */
export async function chooseCredentials(request: CredentialsRequest, world: ChooseWorld): Promise<ChosenCredentials> {
  const { policy } = await settlePolicy('x', world.configs)
  const named = namedIn(policy, request.names).filter(
    ({ path }) => request.environment === null || environmentOf(policy, path) === request.environment,
  )
  if (named.length === 0) throw new SealwardError('not-found', 'no credential is in this environment')
  const credentials = request.onlyDue ? await dueOf(named, world) : named
  return {
    policy: policy.rotation,
    credentials: [...credentials].sort((one, other) => byCodeUnits(one.name, other.name)),
  }
}

function namedIn({ rotation }: Policy, names: readonly string[]): readonly CredentialRule[] {
  const known = rotation.credentials.map(({ name }) => name)
  if (known.length === 0)
    throw new SealwardError('not-found', 'sealward.yml has no credentials that could be rotated', {
      hint: 'list them under rotation.credentials: docs/credentials.md',
    })
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const guess = nearest(unknown, known)
    throw new SealwardError('not-found', 'sealward.yml has no credential of this name', {
      hint: guess === null ? `it has ${known.join(', ')}` : `did you mean ${guess}?`,
    })
  }
  return names.length === 0 ? rotation.credentials : rotation.credentials.filter(({ name }) => names.includes(name))
}

async function dueOf(credentials: readonly CredentialRule[], world: ChooseWorld): Promise<readonly CredentialRule[]> {
  const due = await findDue(credentials, world)
  const meant: CredentialRule[] = []
  for (const credential of credentials)
    if (due.has(credential.name) || (await isUnderway(credential, world))) meant.push(credential)
  return meant
}

/** What was begun has to be ended, however young the value is. */
async function isUnderway({ name }: CredentialRule, { deliveries }: ChooseWorld): Promise<boolean> {
  const { branch } = await deliveries.open(name)
  const bytes = await branch.read(recordPath(name))
  return bytes !== null && isOpen(bytes, recordPath(name))
}

/** One that cannot be read is told of when it is its turn: anybody may push one, and the other credentials are due all the same. */
function isOpen(bytes: Uint8Array, path: string): boolean {
  try {
    return stageOf(readPlainRecord(bytes, path).phase) !== 'idle'
  } catch (error) {
    if (error instanceof SealwardError) return true
    throw error
  }
}
