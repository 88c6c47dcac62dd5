import { type MaskPlan, type MaskRequest, planMasks } from '../mask/plan.ts'
import type { Filter } from './filter.ts'
import { Literals } from './literals.ts'
import { Redactor } from './redactor.ts'

/** What hides secrets in streams: one filter for each stream. */
export interface Redaction extends Pick<MaskPlan, 'unmasked' | 'spentAt'> {
  open(): Filter
}

/** A filter looks for many literals nearly as fast as for few; what they cost is the time to prepare. */
const BUDGET = 20_000

/** Prepares to hide secrets in every form that is hidden in a job's log. */
export function redactionOf(request: Pick<MaskRequest, 'secrets' | 'minLength' | 'short'>): Redaction {
  const { masks, unmasked, spentAt } = planMasks({ ...request, masker: 'filter', budget: BUDGET })
  const literals = new Literals(masks)
  return { unmasked, spentAt, open: () => new Redactor(literals) }
}
