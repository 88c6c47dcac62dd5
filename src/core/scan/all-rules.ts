import { ESCAPE_LITERALS } from './decode/escapes.ts'
import { PAIR_RULES } from './engine/pairs.ts'
import { PRIVATE_KEYS } from './engine/private-keys.ts'
import { compileRules, type Finder, type RuleSet } from './engine/rule-set.ts'
import { GENERIC_RULES } from './generic/descriptors.ts'
import { findGeneric } from './generic/find-generic.ts'
import { GENERIC_LITERALS } from './generic/literals.ts'
import { TOKEN_RULES } from './tokens/token-rules.ts'

/** Rules whose findings need no name before the value, so that they count in decoded text too. */
const IN_DECODED = new Set(['url-credentials', 'database-url', 'basic-auth', 'jwk-private'])

const GENERIC: Finder = {
  literals: GENERIC_LITERALS,
  inDecoded: (rule) => IN_DECODED.has(rule),
  find: findGeneric,
}

let compiled: RuleSet | undefined

/** Everything that the scanner looks for, made ready once. */
export function allRules(): RuleSet {
  compiled ??= compileRules({
    tokens: TOKEN_RULES,
    finders: [PRIVATE_KEYS, GENERIC],
    pairs: PAIR_RULES,
    escapes: ESCAPE_LITERALS,
  })
  return compiled
}

/** What a rule is about and what to do, in words for a finding. */
export interface RuleWords {
  readonly what: string
  readonly advice: string
}

const words = new Map<string, RuleWords>()

/** @param rule an id that `allRules` can name */
export function describe(rule: string): RuleWords {
  if (words.size === 0) {
    for (const { id, what, advice } of [...TOKEN_RULES, ...GENERIC_RULES, ...PAIR_RULES])
      words.set(id, { what, advice })
    words.set('private-key', {
      what: 'a private key',
      advice: 'Make a new one, and take this one out wherever it is trusted.',
    })
  }
  return words.get(rule) ?? { what: 'a secret', advice: 'Change it where it is used.' }
}
