import { SealwardError } from '../errors.ts'
import type { Policy } from './policy.ts'
import type { ScanPolicy } from './scan/scan-policy.ts'

/** From which weight on a finding fails; `never` for none. */
export type Floors = ScanPolicy['failOn'] | 'never'

type Severity = ScanPolicy['failOn']['severity']
type Confidence = ScanPolicy['failOn']['confidence']

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high']
const ANYTHING: ScanPolicy['failOn'] = { severity: 'low', confidence: 'low' }

/**
 * Reads `high`, or `high,medium` for a severity and a confidence, or `never`. Without a text, what sealward.yml says counts.
 *
 * @param asked the text, and what an error calls it: `--fail-on`
 * @throws SealwardError usage
 */
export function readFloors(
  asked: { readonly text: string | undefined; readonly name: string },
  policy: Policy | null,
): Floors {
  const configured = policy?.scan.failOn ?? ANYTHING
  if (asked.text === undefined) return configured
  if (asked.text === 'never') return 'never'
  const [first, second, ...more] = asked.text.split(',').map((word) => word.trim())
  const severity = SEVERITIES.find((one) => one === first)
  const confidence = second === undefined ? configured.confidence : CONFIDENCES.find((one) => one === second)
  if (severity !== undefined && confidence !== undefined && more.length === 0) return { severity, confidence }
  throw new SealwardError(
    'usage',
    `${asked.name} takes never, or low, medium, high or critical, and behind a comma low, medium or high`,
  )
}
