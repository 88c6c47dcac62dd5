import type { Redaction } from '../../../core/redact/redaction.ts'
import type { Configs, Teller } from '../../world.ts'
import { listSecrets, type SecretsRequest, warnOfGaps } from './secrets.ts'

/**
 * Prepares to hide values in streams, and warns of those that cannot be hidden.
 *
 * @throws SealwardError not-found for a public name that no value has, policy-invalid
 */
export async function prepareRedaction(
  request: SecretsRequest,
  { configs, teller }: { readonly configs: Configs; readonly teller: Teller },
): Promise<Redaction> {
  const secrets = await listSecrets(request, configs)
  const { redactionOf } = await import('../../../core/redact/redaction.ts')
  const redaction = redactionOf({ secrets })
  warnOfGaps(redaction, teller)
  return redaction
}
