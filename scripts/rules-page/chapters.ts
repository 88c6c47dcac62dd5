import { PAIR_RULES } from '../../src/core/scan/engine/pairs.ts'
import { GENERIC_RULES } from '../../src/core/scan/generic/descriptors.ts'
import { OWN_SECRET, OWN_SECRET_WORDS } from '../../src/core/scan/own/words.ts'
import { RULES } from '../../src/core/scan/rules.ts'
import type { TokenRule } from '../../src/core/scan/tokens/token-rule.ts'
import { TOKEN_RULES } from '../../src/core/scan/tokens/token-rules.ts'
import { VENDORS } from './vendors.ts'

/** Rules of one theme. */
export interface Chapter {
  readonly title: string
  readonly about: string
  readonly rules: readonly RuleSection[]
}

/** What the page says of a rule. Words are plain text, but for `recognised`, which is Markdown and may be empty. */
export interface RuleSection {
  readonly id: string
  readonly what: string
  readonly recognised: string
  readonly severity: string
  readonly confidence: string
  readonly proof: boolean
  readonly shape: string | null
  readonly advice: string | null
  readonly hits: readonly string[]
  readonly misses: readonly string[]
}

/** Everything the page has, in its order. Throws when a rule for tokens is in no chapter or in two. */
export function chapters(): Chapter[] {
  const vendors = VENDORS.map(({ title, about, rules }) => ({ title, about, rules: rules.map(tokenSection) }))
  const ids = vendors.flatMap(({ rules }) => rules.map(({ id }) => id))
  const missing = TOKEN_RULES.filter(({ id }) => !ids.includes(id)).map(({ id }) => id)
  if (missing.length > 0 || ids.length !== TOKEN_RULES.length)
    throw new Error(`scripts/rules-page/vendors.ts does not list the tables of token-rules.ts: ${missing.join(', ')}`)
  return [fileRules(), ownRules(), genericRules(), pairRules(), ...vendors]
}

/** What the hooks judge whole files by. */
function fileRules(): Chapter {
  const finds = RULES.flatMap((rule) => Object.entries(rule.finds))
  return {
    title: 'Files and private keys',
    about: 'What needs no guess: files that should be encrypted and are not, and keys that say what they are.',
    rules: finds.map(([id, what]) => ({
      ...NOTHING,
      id,
      what,
      recognised: '',
      severity: 'high',
      confidence: 'high',
    })),
  }
}

/** What only this repository can know. */
function ownRules(): Chapter {
  return {
    title: 'Own secrets',
    about: 'The very values that the repository holds encrypted: [scanning.md](scanning.md#your-own-secrets).',
    rules: [
      {
        ...NOTHING,
        id: OWN_SECRET,
        what: OWN_SECRET_WORDS.what,
        recognised: 'By comparing, with a key or with committed fingerprints.',
        severity: 'critical',
        confidence: 'high',
        advice: OWN_SECRET_WORDS.advice,
      },
    ],
  }
}

function genericRules(): Chapter {
  return {
    title: 'By name and place',
    about:
      'Secrets without a shape of their own. Names, the look of the value, its neighbours and the kind of the file are weighed together;\n`--explain` says what weighed how much.',
    rules: GENERIC_RULES.map(({ id, what, severity, advice, hits, misses }) => ({
      ...NOTHING,
      id,
      what,
      recognised: 'By its name and by where it stands.',
      severity,
      confidence: 'by its score',
      advice,
      hits,
      misses,
    })),
  }
}

function pairRules(): Chapter {
  return {
    title: 'Pairs',
    about: 'An id and the secret that belongs to it, found together: the secret alone looks like nothing.',
    rules: PAIR_RULES.map(({ id, what, second, severity, advice }) => ({
      ...NOTHING,
      id,
      what,
      recognised: 'Near an id of this vendor, and of the right length.',
      severity,
      confidence: 'as the id',
      shape: second.source,
      advice,
    })),
  }
}

function tokenSection(rule: TokenRule): RuleSection {
  const { id, what, severity, confidence, proof, shape, advice, hits, misses } = rule
  const recognised = sayHow(rule)
  return {
    id,
    what,
    recognised,
    severity,
    confidence,
    proof: proof !== undefined,
    shape: shape.source,
    advice,
    hits,
    misses,
  }
}

function sayHow({ literals, lead, near, proof }: TokenRule): string {
  const words = literals.map((literal) => `\`${literal}\``).join(' or ')
  const sentences = [
    words === '' ? '' : lead === undefined ? `Begins with ${words}.` : `Holds ${words}.`,
    near === undefined ? '' : `Only near ${near.map((word) => `\`${word}\``).join(' or ')}.`,
    proof === undefined ? '' : 'Its checksum or structure is checked.',
  ]
  return sentences.filter(Boolean).join(' ')
}

const NOTHING = { proof: false, shape: null, advice: null, hits: [], misses: [] }
