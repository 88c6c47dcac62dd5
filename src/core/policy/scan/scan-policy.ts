import type { Problem } from '../../config/problem.ts'
import type { Yaml } from '../../config/yaml.ts'
import type { Confidence, Severity } from '../../scan/tokens/token-rule.ts'
import type { ScanSectionText } from './scan-section.ts'

/** The section `scan`, ready for questions. Each entry has its line in sealward.yml. */
export interface ScanPolicy {
  readonly allow: readonly Allowance[]
  readonly ignore: readonly { readonly line: number; readonly path: string; readonly reason: string }[]
  readonly disable: readonly { readonly line: number; readonly rule: string; readonly reason: string }[]
  /** A finding fails when it has both; one without a severity or a confidence always does. */
  readonly failOn: { readonly severity: Severity; readonly confidence: Confidence }
  readonly rules: readonly CustomRule[]
}

/** Findings that do not stop a commit and do not fail a scan. */
export interface Allowance {
  readonly line: number
  readonly path: string
  /** Null for all rules. */
  readonly rule: string | null
  readonly reason: string
  /** The last day, `2027-01-31`, on which it counts; null for no end. */
  readonly expires: string | null
}

/** A rule of somebody's own. Its expression has not been compiled yet. */
export interface CustomRule {
  readonly line: number
  readonly id: string
  readonly what: string
  /** In lower case. */
  readonly keywords: readonly string[]
  /** RE2. */
  readonly pattern: string
  /** 0 for the whole match. */
  readonly group: number
  /** In lower case; null for anywhere. */
  readonly near: readonly string[] | null
  readonly severity: Severity
  readonly confidence: Confidence
  readonly advice: string
  /** Templates: `scan/custom/template.ts`. */
  readonly hits: readonly string[]
  readonly misses: readonly string[]
}

/** Fills in what the text leaves out. Without a section everything is looked at and everything fails. */
export function scanPolicyOf(text: ScanSectionText | undefined, yaml: Yaml): ScanPolicy {
  const { allow = [], ignore = [], disable = [], rules = [], 'fail-on': failOn } = text ?? {}
  return {
    allow: allowancesOf(allow, ['scan', 'allow'], yaml),
    ignore: ignore.map((entry, index) => ({ line: yaml.lineOf(['scan', 'ignore', index]), ...entry })),
    disable: disable.map((entry, index) => ({ line: yaml.lineOf(['scan', 'disable', index]), ...entry })),
    failOn: { severity: failOn?.severity ?? 'low', confidence: failOn?.confidence ?? 'low' },
    rules: rules.map((rule, index) => ({
      ...rule,
      line: yaml.lineOf(['scan', 'rules', index]),
      keywords: rule.keywords.map((word) => word.toLowerCase()),
      near: rule.near?.map((word) => word.toLowerCase()) ?? null,
    })),
  }
}

/** The entries of `hook.allow` or `scan.allow`. */
export function allowancesOf(
  entries: ScanSectionText['allow'],
  path: readonly [string, string],
  yaml: Yaml,
): Allowance[] {
  return entries.map(({ path: glob, rule = null, reason, expires = null }, index) => ({
    line: yaml.lineOf([...path, index]),
    ...{ path: glob, rule, reason, expires },
  }))
}

/** Two rules of one name could not be told apart in an allowance. */
export function findTwins(text: ScanSectionText | undefined, yaml: Yaml): Problem[] {
  const ids = (text?.rules ?? []).map(({ id }) => id)
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [
          {
            line: yaml.lineOf(['scan', 'rules', index, 'id']),
            message: `scan.rules[${index}].id stands above already`,
          },
        ],
  )
}
