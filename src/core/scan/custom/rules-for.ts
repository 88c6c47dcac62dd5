import type { CustomRule } from '../../policy/scan/scan-policy.ts'
import type { ScanRule } from '../rule.ts'
import { secret, secretRule } from '../rules/secret.ts'
import { RULES } from '../rules.ts'

/** Somebody's own rules, as plain data: they can be handed to a thread. */
export interface OwnRuleTexts {
  /** What errors call the file. */
  readonly file: string
  readonly rules: readonly CustomRule[]
}

/**
 * Every rule to judge by, with those of sealward.yml.
 *
 * @throws SealwardError policy-invalid for a rule that cannot be used
 */
export async function rulesFor(own: OwnRuleTexts | null): Promise<readonly ScanRule[]> {
  if (own === null || own.rules.length === 0) return RULES
  const { builtInIds, rulesAnd } = await import('../all-rules.ts')
  const { customFinders } = await import('./finder.ts')
  const finders = await customFinders(own.rules, { file: own.file, taken: await builtInIds() })
  const words = new Map(own.rules.map(({ id, what, advice }) => [id, { what, advice }]))
  const withOwn = secretRule({ set: rulesAnd(finders), describe: (rule) => words.get(rule) ?? null })
  return RULES.map((rule) => (rule === secret ? withOwn : rule))
}
