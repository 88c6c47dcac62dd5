import { SealwardError } from '../../core/errors.ts'
import { explainPolicy, explainRecipients } from '../../core/policy/explain/recipients.ts'
import type { Table } from '../../core/policy/explain/rows.ts'
import { policyFor } from '../steps/policy-for.ts'
import type { Configs } from '../world.ts'

interface PolicyWorld {
  readonly configs: Configs
}

/**
 * Who can open what by the sealward.yml that counts in this folder.
 *
 * @throws SealwardError not-found, policy-invalid
 */
export async function showPolicy(world: PolicyWorld): Promise<Table[]> {
  const found = await policyFor('x', world.configs)
  if (found === null) throw nothing()
  return explainPolicy(found.policy)
}

/**
 * Who can open a file by the policy, and which entry says so. The file need not be there yet.
 *
 * @throws SealwardError not-found, policy-invalid
 */
export async function testPolicy(file: string, world: PolicyWorld): Promise<Table> {
  const found = await policyFor(file, world.configs)
  if (found === null) throw nothing()
  return explainRecipients(found.policy, { file, relative: found.relative })
}

function nothing(): SealwardError {
  return new SealwardError('not-found', 'there is no sealward.yml here or in a folder above', {
    hint: '`sealward members add NAME RECIPIENT` begins one',
  })
}
