import { SealwardError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { ScanPolicy } from '../../core/policy/scan-policy.ts'

type Floors = ScanPolicy['failOn']

const SEVERITIES: readonly Floors['severity'][] = ['low', 'medium', 'high', 'critical']
const CONFIDENCES: readonly Floors['confidence'][] = ['low', 'medium', 'high']
const ANYTHING: Floors = { severity: 'low', confidence: 'low' }

/**
 * From which weight on a finding fails: `high`, or `high,medium` for a severity and a confidence.
 *
 * @throws SealwardError usage
 */
export function readFloors(text: string | undefined, policy: Policy | null): Floors {
  const configured = policy?.scan.failOn ?? ANYTHING
  if (text === undefined) return configured
  const [first, second, ...more] = text.split(',')
  const severity = SEVERITIES.find((one) => one === first)
  const confidence = second === undefined ? configured.confidence : CONFIDENCES.find((one) => one === second)
  if (severity !== undefined && confidence !== undefined && more.length === 0) return { severity, confidence }
  throw new SealwardError(
    'usage',
    '--fail-on takes low, medium, high or critical, and behind a comma low, medium or high',
  )
}
