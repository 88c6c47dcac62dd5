import { SealwardError } from '../../../core/errors.ts'
import { planMasks } from '../../../core/mask/plan.ts'
import type { Configs, Teller } from '../../world.ts'
import { listSecrets, type SecretsRequest, tooShort, warnOfGaps } from './secrets.ts'

/** What becomes of secrets below the minimum: a warning that names them, a refusal, or a mask after all. */
export type MaskShort = (typeof MASK_SHORT)[number]

export const MASK_SHORT = ['warn', 'error', 'mask'] as const

export interface MaskSettings {
  readonly minLength: number
  readonly short: MaskShort
  /** How many masks there may be at most. */
  readonly budget: number
}

/**
 * Lists what the runner must hide in the log of the job. docs/masking.md.
 *
 * @throws SealwardError not-representable for secrets too short to be hidden where that is refused, or as listSecrets
 */
export async function planJobMasks(
  request: SecretsRequest & MaskSettings,
  { configs, teller }: { readonly configs: Configs; readonly teller: Teller },
): Promise<readonly string[]> {
  const { minLength, short, budget } = request
  const secrets = await listSecrets(request, configs)
  const plan = planMasks({ secrets, minLength, budget, short: short === 'mask' ? 'mask' : 'skip' })
  const named = tooShort(plan)
  if (short === 'error' && named.length > 0)
    throw new SealwardError('not-representable', `too short to be hidden: ${named.join(', ')}`, {
      hint: 'list those that are no secrets as public, lower min-mask-length, or say mask-short: mask',
    })
  warnOfGaps(plan, teller)
  return plan.masks
}
