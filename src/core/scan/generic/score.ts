import type { Confidence, Severity } from '../tokens/token-rule.ts'
import type { FileTraits } from './file-traits.ts'
import type { JoinKind } from './join/join.ts'
import type { NameVerdict } from './name/judge-name.ts'
import type { ValueVerdict } from './value/judge-value.ts'

/** Everything that speaks for or against a value. */
export interface Evidence {
  readonly name: NameVerdict
  readonly value: ValueVerdict
  readonly join: JoinKind
  readonly quoted: boolean
  /** In a comment, where prose stands. */
  readonly comment: boolean
  readonly traits: FileTraits
}

/** What the evidence comes to. */
export interface Score {
  readonly confidence: Confidence
  readonly reasons: readonly string[]
}

/**
 * Below the first nothing is reported. Set on the open half of the corpus (`test/corpus`) and on the sources of other people, where
 * nearly every finding outside of tests and documentation above the last is a secret.
 */
const LEAST = 50
const MEDIUM = 58
const HIGH = 72

const NAME_POINTS = { 1: 10, 2: 24, 3: 36 } as const
const NAME_REASON = {
  1: 'a name that may be a secret',
  2: 'a name that is likely a secret',
  3: 'a name of a secret',
} as const
const JOIN_POINTS: Readonly<Record<JoinKind, number>> = {
  assign: 8,
  element: 8,
  compare: 2,
  call: 2,
  pair: 2,
  flag: 2,
  cell: 2,
  words: -6,
}

/** Adds the evidence up; `null` when it is too little. */
export function scoreOf({ name, value, join, quoted, comment, traits }: Evidence): Score | null {
  if (value.points === 0) return null
  const reasons: string[] = [NAME_REASON[name.strength], value.reason]
  let points = NAME_POINTS[name.strength] + value.points + JOIN_POINTS[join] + (quoted ? 4 : 0)
  for (const [applies, weight, reason] of weights(traits, comment, name)) {
    if (!applies) continue
    points += weight
    reasons.push(reason)
  }
  if (points < LEAST) return null
  return { confidence: confidenceOf(points, isMadeUpPlace(traits)), reasons }
}

/** Where values are made up more often than elsewhere, nothing is certain. */
export function isMadeUpPlace({ test, example, syntax }: FileTraits): boolean {
  return test || example || syntax === 'docs'
}

function confidenceOf(points: number, doubtful: boolean): Confidence {
  if (points < MEDIUM) return 'low'
  return points >= HIGH && !doubtful ? 'high' : 'medium'
}

function weights(
  traits: FileTraits,
  comment: boolean,
  name: NameVerdict,
): readonly (readonly [boolean, number, string])[] {
  return [
    [traits.syntax === 'config', 6, 'in a configuration file'],
    [traits.test, -16, 'in a test'],
    [traits.test && (name.kind === 'salt' || name.strength === 1), -14, 'a vector of a test, likely'],
    [traits.example && !traits.test, -8, 'in an example'],
    [traits.syntax === 'docs', -8, 'in documentation'],
    [traits.minified, -16, 'in a minified file'],
    [comment, -8, 'in a comment'],
  ]
}

/** The rule a kind of name belongs to, and how bad its loss is. */
export const RULE_OF: Readonly<Record<NameVerdict['kind'], readonly [rule: string, severity: Severity]>> = {
  password: ['generic-password', 'high'],
  secret: ['generic-secret', 'high'],
  key: ['generic-api-key', 'high'],
  token: ['generic-token', 'high'],
  auth: ['generic-credential', 'medium'],
  salt: ['generic-salt', 'low'],
  mnemonic: ['generic-secret', 'critical'],
}
