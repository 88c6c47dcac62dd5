import { SealwardError } from '../../errors.ts'
import type { Finding } from '../../finding.ts'
import type { CustomRule } from '../../policy/scan/scan-policy.ts'
import { look } from '../engine/engine.ts'
import { compileRules } from '../engine/rule-set.ts'
import { ScanText } from '../engine/scan-text.ts'
import { traitsOf } from '../generic/file-traits.ts'
import { customFinder, type RuleOrigin } from './finder.ts'
import { fillExample } from './template.ts'

/**
 * Tries each rule of sealward.yml on its own examples, through the engine that scans: every hit must be found, every miss must not, and
 * the expression must compile.
 *
 * @returns what is wrong, by the line of the rule; empty when nothing is. No finding repeats an example.
 */
export async function testRules(rules: readonly CustomRule[], origin: RuleOrigin): Promise<Finding[]> {
  const found = await Promise.all(rules.map((rule) => testRule(rule, origin)))
  return found.flat()
}

async function testRule(rule: CustomRule, origin: RuleOrigin): Promise<Finding[]> {
  try {
    const set = compileRules({ tokens: [], finders: [await customFinder(rule, origin)] })
    const finds = (example: string) =>
      look(new ScanText(Buffer.from(fillExample(example))), traitsOf(''), set).guesses.length > 0
    return [
      ...rule.hits.flatMap((hit, index) => (finds(hit) ? [] : [notFound(rule, index, origin)])),
      ...rule.misses.flatMap((miss, index) => (finds(miss) ? [foundWrongly(rule, index, origin)] : [])),
    ]
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    const fix = error.hint === undefined ? {} : { fix: error.hint }
    return [{ rule: rule.id, file: origin.file, line: rule.line, message: error.message, ...fix }]
  }
}

function notFound({ id, line }: CustomRule, index: number, { file }: RuleOrigin): Finding {
  const fix = 'check that it holds a keyword, matches the pattern, has a word of near before it, and is no placeholder'
  return { rule: id, file, line, message: `hits[${index}] is not found`, fix }
}

function foundWrongly({ id, line }: CustomRule, index: number, { file }: RuleOrigin): Finding {
  return { rule: id, file, line, message: `misses[${index}] is found`, fix: 'make the pattern narrower' }
}
