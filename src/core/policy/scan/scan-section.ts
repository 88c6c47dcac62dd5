import * as v from 'valibot'
import { date, described, glob, matching, reason, ruleName, text } from '../schema-parts.ts'

/** The section `scan` of sealward.yml: what the scanner and the hook let through, and rules of one's own. */

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
const CONFIDENCES = ['low', 'medium', 'high'] as const

const severity = v.picklist(SEVERITIES, 'must be low, medium, high or critical')
const confidence = v.picklist(CONFIDENCES, 'must be low, medium or high')
/** The search for them reads bytes, in any letter case. */
const keyword = matching(/^[\x21-\x7e]{3,64}$/, 'must be 3 to 64 characters of ASCII, without blanks')
const sentence = matching(/^(?=.*\S)[^\p{Cc}]{1,300}$/u, 'must be 1 to 300 characters on one line')
const example = v.pipe(text, v.maxLength(2000, 'must be 2000 characters at most'))

/** Who may be let through, and why: of `hook.allow` and `scan.allow`. */
export const AllowanceList = v.array(
  v.strictObject({
    path: described(glob, 'Which files: a glob relative to sealward.yml.'),
    rule: v.optional(described(ruleName, 'Which rule. Without it, all.')),
    reason: described(reason, 'Why this is not a secret.'),
    expires: v.optional(described(date, 'The last day (UTC) on which this counts.')),
  }),
)

function someOf<const Schema extends v.GenericSchema>(item: Schema) {
  return v.pipe(v.array(item), v.minLength(1, 'must not be empty'))
}

const CustomRule = v.strictObject({
  id: described(ruleName, 'Its name in findings and allowances.'),
  what: described(sentence, 'What it finds, with its article: a session token of our shop.'),
  keywords: described(someOf(keyword), 'The expression is tried only where one of these is, in any letter case.'),
  pattern: described(
    v.pipe(text, v.minLength(1, 'must not be empty'), v.maxLength(990, 'must be 990 characters at most')),
    'An RE2 expression; ^ and $ are the ends of a line.',
  ),
  group: v.optional(
    described(
      v.pipe(
        v.number('must be a whole number'),
        v.integer('must be a whole number'),
        v.minValue(0, 'must not be negative'),
        v.maxValue(99, 'must be 99 at most'),
      ),
      'Which group of the expression is the secret. Without it, the whole match.',
    ),
    0,
  ),
  near: v.optional(
    described(
      someOf(keyword),
      'One of these stands before the secret, on its line or the one above, 80 characters away.',
    ),
  ),
  severity: described(severity, 'How much damage such a secret does in the wrong hands.'),
  confidence: described(confidence, 'How sure it is that what is found is a secret.'),
  advice: described(sentence, 'What to do about one, in one sentence.'),
  hits: described(someOf(example), 'Texts in which it finds something. {b62:32} stands for 32 random characters.'),
  misses: described(someOf(example), 'Texts in which it finds nothing.'),
})

export const ScanSection = v.strictObject({
  allow: v.optional(described(AllowanceList, 'Findings that are let through, as in hook.allow.'), []),
  ignore: v.optional(
    described(
      v.array(
        v.strictObject({
          path: described(glob, 'Which files: a glob relative to sealward.yml.'),
          reason: described(reason, 'Why there is nothing to look for.'),
        }),
      ),
      'Files that are not looked at.',
    ),
    [],
  ),
  disable: v.optional(
    described(
      v.array(
        v.strictObject({
          rule: described(ruleName, 'Which rule.'),
          reason: described(reason, 'Why it is not wanted.'),
        }),
      ),
      'Rules whose findings do not count.',
    ),
    [],
  ),
  'fail-on': v.optional(
    described(
      v.strictObject({
        severity: v.optional(described(severity, 'The least severity that fails.'), 'low'),
        confidence: v.optional(described(confidence, 'The least confidence that fails.'), 'low'),
      }),
      'Which findings fail a scan. Others are shown.',
    ),
    {},
  ),
  rules: v.optional(described(v.array(CustomRule), 'Rules of your own.'), []),
})

/** The section as it is written, with defaults filled in. */
export type ScanSectionText = v.InferOutput<typeof ScanSection>
