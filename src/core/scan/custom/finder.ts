import { locate } from '../../config/problem.ts'
import { SealwardError } from '../../errors.ts'
import type { CustomRule } from '../../policy/scan/scan-policy.ts'
import type { Detection } from '../detection.ts'
import { isPlaceholder } from '../engine/placeholder.ts'
import type { Finder } from '../engine/rule-set.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { hasWordNear } from '../engine/tokens/match-token.ts'
import { compileExpression, type Expression } from './expression.ts'
import { windowsRound } from './window.ts'

/** Where rules come from, and the names that others have already. */
export interface RuleOrigin {
  /** What errors call the file. */
  readonly file: string
  /** The ids of the rules that are built in. */
  readonly taken: ReadonlySet<string>
}

/**
 * Makes rules of sealward.yml ready for the engine, one finder for each. What stands for a secret (`corp_xxxxxxxx`) is no finding, as
 * with the rules that are built in.
 *
 * @throws SealwardError policy-invalid, with the line, for an expression that is not RE2 or has no such group, and for an id that is
 * taken
 */
export async function customFinders(rules: readonly CustomRule[], origin: RuleOrigin): Promise<Finder[]> {
  return Promise.all(rules.map((rule) => customFinder(rule, origin)))
}

export async function customFinder(rule: CustomRule, { file, taken }: RuleOrigin): Promise<Finder> {
  const at = { file, line: rule.line }
  if (taken.has(rule.id)) throw new SealwardError('policy-invalid', 'the id of a rule is one that is built in', at)
  const expression = await compile(rule, at)
  return {
    literals: rule.keywords,
    inDecoded: () => true,
    find: (text, hits) => findIn(text, hits, { rule, expression }),
  }
}

async function compile(rule: CustomRule, at: { readonly file: string; readonly line: number }): Promise<Expression> {
  const expression = await compileExpression(rule.pattern, rule.group).catch((error: unknown) => {
    throw locate(error, 'policy-invalid', at)
  })
  if (rule.group > expression.groups) {
    throw new SealwardError('policy-invalid', 'the expression of a rule does not have the group that is asked for', at)
  }
  return expression
}

interface Ready {
  readonly rule: CustomRule
  readonly expression: Expression
}

function findIn(text: ScanText, hits: readonly number[], { rule, expression }: Ready): Detection[] {
  return windowsRound(text, hits).flatMap((window) =>
    expression.findAll(window.text).flatMap((match) => {
      const [start, end] = [window.offsetOf(match.start), window.offsetOf(match.end)]
      if (rule.near !== null && !hasWordNear(text, start, rule.near)) return []
      if (isPlaceholder(text.slice(start, end))) return []
      return [detectionOf(rule, start, end)]
    }),
  )
}

function detectionOf({ id, what, severity, confidence }: CustomRule, start: number, end: number): Detection {
  return { rule: id, start, end, severity, confidence, shown: 0, reasons: [`it has the shape of ${what}`] }
}
