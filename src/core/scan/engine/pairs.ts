import type { Detection } from '../detection.ts'
import type { Severity } from '../tokens/token-rule.ts'
import { isWordCode } from './boundary.ts'
import { isPlaceholder } from './placeholder.ts'
import type { ScanText } from './scan-text.ts'

/** Two halves of a credential. Either is worth little or looks like nothing; together in one place they open the door. */
export interface PairRule {
  readonly id: string
  readonly what: string
  /** The half that has a mark of its own, as its token rule finds it. */
  readonly first: RegExp
  /** The other half, whole: letters in both cases and digits, which tells it from the digests that stand in such files too. */
  readonly second: RegExp
  readonly severity: Severity
  readonly advice: string
}

/** How far from the first half the second may stand, before or behind. */
const REACH = 300

/** The pairs of vendors whose keys come as a public id and a secret without a mark. */
export const PAIR_RULES: readonly PairRule[] = [
  {
    id: 'aws-key-pair',
    what: 'an AWS access key: the id and the secret that goes with it',
    first: /^A(?:KIA|SIA)[A-Z2-7]{16}$/,
    second: /[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    severity: 'critical',
    advice: 'Deactivate the access key in IAM, then delete it and make a new one.',
  },
  {
    id: 'alibaba-key-pair',
    what: 'an Alibaba Cloud access key: the id and the secret that goes with it',
    first: /^LTAI[A-Za-z0-9]{12,24}$/,
    second: /[A-Za-z0-9]{30}(?![A-Za-z0-9/+=_])/g,
    severity: 'critical',
    advice: 'Disable the AccessKey pair in the RAM console, then delete it and make a new one.',
  },
  {
    id: 'tencent-key-pair',
    what: 'a Tencent Cloud API key: the id and the secret that goes with it',
    first: /^AKID[A-Za-z0-9]{32}$/,
    second: /[A-Za-z0-9]{32}(?![A-Za-z0-9/+=_])/g,
    severity: 'critical',
    advice: 'Disable the API key in the Cloud Access Management console, then delete it and make a new one.',
  },
]

/** The second halves that stand near the first halves among these detections, each as a detection of its own. */
export function findPairs(text: ScanText, detections: readonly Detection[], rules: readonly PairRule[]): Detection[] {
  return rules.flatMap((rule) =>
    detections
      .filter(({ start, end }) => rule.first.test(text.slice(start, end)))
      .flatMap((half) => secondHalf(text, half, rule)),
  )
}

/** The nearest behind the first half, or else the nearest before it. */
function secondHalf(text: ScanText, { start, end, confidence }: Detection, rule: PairRule): Detection[] {
  const found =
    spansIn(text, { from: end, to: end + REACH, rule })[0] ??
    spansIn(text, { from: start - REACH, to: start, rule }).at(-1)
  if (found === undefined) return []
  const reasons = ['a secret of the right length stands near the id that it goes with']
  return [{ rule: rule.id, ...found, severity: rule.severity, confidence, shown: 0, reasons }]
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly rule: PairRule
}

function spansIn(text: ScanText, { from, to, rule }: Stretch): { start: number; end: number }[] {
  const base = Math.max(0, from)
  return [...text.slice(base, to).matchAll(rule.second)].flatMap(({ 0: token, index }) => {
    const start = base + index
    const before = text.code(start - 1)
    if (isWordCode(before) || before === 0x2b || !isMixed(token) || isPlaceholder(token)) return []
    return [{ start, end: start + token.length }]
  })
}

function isMixed(token: string): boolean {
  return /[a-z]/.test(token) && /[A-Z]/.test(token) && /\d/.test(token)
}
