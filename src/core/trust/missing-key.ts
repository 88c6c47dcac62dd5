import { SealwardError } from '../errors.ts'
import { kindOf } from './events.ts'
import type { RunFacts } from './facts.ts'

/** The input if-missing-key. */
export type IfMissingKey = (typeof IF_MISSING_KEY)[number]

export const IF_MISSING_KEY = ['error', 'warn', 'skip'] as const

/** How a step without a key ends: it fails; or it exports nothing, with a warning or with a line in the log. */
export type MissingKeyAnswer =
  | { readonly kind: 'fail'; readonly error: SealwardError }
  | { readonly kind: 'warn' | 'skip'; readonly message: string }

/** Events of which GitHub says that those of Dependabot get no secrets of Actions, whoever runs them again. */
const DEPENDABOT_EVENTS = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'push',
  'create',
  'deployment',
  'deployment_status',
]

/**
 * Decides when no place held an identity. One that opens nothing is never forgiven, and neither is a run that should have the key: a
 * misspelt secret on the main branch must not pass for a fork. That `actor` can be somebody else's doing gives nobody anything: without a
 * key there is nothing to give.
 *
 * @param error why the file could not be opened (`no-identity`); it is what fails
 */
export function answerMissingKey(
  facts: RunFacts,
  setting: IfMissingKey,
  error = new SealwardError('no-identity', 'there is no key'),
): MissingKeyAnswer {
  const reason = whyNoSecrets(facts)
  if (reason === null) return { kind: 'fail', error }
  if (setting === 'error')
    return {
      kind: 'fail',
      error: new SealwardError('no-identity', `there is no key: ${reason}`, {
        hint: 'leave the step out with `if:`, or let it end without exporting: if-missing-key: skip (or warn)',
      }),
    }
  return { kind: setting, message: `nothing was decrypted, because there is no key: ${reason}` }
}

/** @returns why GitHub gives this run no secrets, or null when it does give them */
export function whyNoSecrets({ event, head, actor }: RunFacts): string | null {
  if (actor === 'dependabot[bot]' && DEPENDABOT_EVENTS.includes(event))
    return 'a run that Dependabot causes gets its secrets from those of Dependabot alone'
  const foreign = head === 'other' || head === 'deleted'
  return foreign && kindOf(event) === 'pull-request' ? `a ${event} run for a fork gets no secrets` : null
}
