import type { RuleWords } from '../../../scan/all-rules.ts'
import type { Severity } from '../../../scan/tokens/token-rule.ts'
import { printable } from '../../printable.ts'
import { shorten } from '../amounts.ts'
import { escapeMarkdown } from '../markdown/markdown-escape.ts'
import type { SarifLevel, SarifRule } from './types.ts'

export const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

/** GitHub: over 9.0 is critical, from 7.0 high, from 4.0 medium, below low. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5' }
const PROBLEMS: Readonly<Record<SarifLevel, string>> = { error: 'error', warning: 'warning', note: 'recommendation' }

/** GitHub cuts descriptions off here. */
const LONGEST = 1024
const AFTERWARDS =
  'What was pushed counts as known: revoke it first, then take it out of the file. A new commit does not take it out of history.'

export interface RuleInRun {
  readonly id: string
  readonly words: RuleWords
  /** The worst of this run: GitHub knows severities of rules only. */
  readonly severity: Severity
  /** The tool's, whose documentation is linked. */
  readonly version: string
}

/** A rule as GitHub shows it beside an alert: what it is, what to do, and where it is documented. */
export function describeRule({ id, words, severity, version }: RuleInRun): SarifRule {
  const what = shorten(printable(words.what), LONGEST)
  const advice = shorten(printable(words.advice), LONGEST)
  const level = LEVELS[severity]
  const helpUri = `https://github.com/sealward/sealward/blob/v${version}/docs/rules.md#${encodeURIComponent(id)}`
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: capital(what) },
    fullDescription: { text: `${capital(what)}, in plain text.` },
    helpUri,
    help: {
      text: `${advice}\n\n${AFTERWARDS}`,
      markdown: `${escapeMarkdown(advice)}\n\n${AFTERWARDS}\n\n[The rule](${helpUri})`,
    },
    defaultConfiguration: { level },
    properties: {
      tags: ['security', 'external/cwe/cwe-798'],
      'security-severity': SCORES[severity],
      'problem.severity': PROBLEMS[level],
    },
  }
}

/** SARIF 3.49.7: a name is for people and differs from the id. */
function pascalCase(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join('')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
