import { ESCAPE_LITERALS } from './decode/escapes.ts'
import { PAIR_RULES } from './engine/pairs.ts'
import { PRIVATE_KEYS } from './engine/private-keys.ts'
import { compileRules, type Finder, type RuleSet } from './engine/rule-set.ts'
import { GENERIC_RULES } from './generic/descriptors.ts'
import { findGeneric } from './generic/find-generic.ts'
import { GENERIC_LITERALS } from './generic/literals.ts'
import { OWN_SECRET, OWN_SECRET_WORDS } from './own/words.ts'
import { PRIVATE_KEY_ADVICE } from './rules/private-key.ts'
import { TOKEN_GROUPS, type TokenGroupName } from './tokens/token-groups.ts'
import { TOKEN_MARKS } from './tokens/token-marks.ts'

/** Rules whose findings need no name before the value, so that they count in decoded text too. */
const IN_DECODED = new Set(['url-credentials', 'database-url', 'basic-auth', 'jwk-private'])

const GENERIC: Finder = {
  literals: GENERIC_LITERALS,
  inDecoded: (rule) => IN_DECODED.has(rule),
  find: findGeneric,
}

let compiled: RuleSet | undefined

/** Everything that the scanner looks for by itself, made ready once. */
export function allRules(): RuleSet {
  compiled ??= rulesAnd([])
  return compiled
}

/** The same, and somebody's own. */
export function rulesAnd(own: readonly Finder[]): RuleSet {
  return compileRules({
    tokens: {
      groups: Object.entries(TOKEN_GROUPS).map(([name, load]) => ({
        marks: TOKEN_MARKS[name as TokenGroupName],
        load,
      })),
    },
    finders: [PRIVATE_KEYS, GENERIC, ...own],
    pairs: PAIR_RULES,
    escapes: ESCAPE_LITERALS,
  })
}

/** The ids of the rules that are built in: nobody's own may have one. */
export async function builtInIds(): Promise<ReadonlySet<string>> {
  await loadWords()
  const ids = [...GENERIC_RULES, ...PAIR_RULES, ...allRules().tokens.known()].map(({ id }) => id)
  return new Set([...ids, 'private-key', 'plaintext-dotenv', 'plaintext-value', 'malformed', 'rule-weak', OWN_SECRET])
}

/** What a rule is about and what to do, in words for a finding. */
export interface RuleWords {
  readonly what: string
  readonly advice: string
}

const PRIVATE_KEY: RuleWords = {
  what: 'a private key',
  advice: PRIVATE_KEY_ADVICE,
}

/**
 * Loads the words of every rule. For who describes findings that were not made here, but in another thread or an earlier run; those
 * that were made here have loaded theirs.
 */
export async function loadWords(): Promise<void> {
  const { tokens } = allRules()
  await tokens.load(tokens.marks.keys())
}

/** @param rule an id that a finding names; of a token rule that has not been loaded little can be said: see `loadWords` */
export function describe(rule: string): RuleWords {
  if (rule === 'private-key') return PRIVATE_KEY
  if (rule === OWN_SECRET) return OWN_SECRET_WORDS
  const words = [...GENERIC_RULES, ...PAIR_RULES, ...allRules().tokens.known()].find(({ id }) => id === rule)
  return words ?? { what: 'a secret', advice: 'Change it where it is used.' }
}
