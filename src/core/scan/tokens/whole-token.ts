import { TOKEN_GROUPS } from './token-groups.ts'
import type { TokenRule } from './token-rule.ts'

/** A value that may be a token from its first character to its last. */
export interface Candidate {
  readonly value: string
  /** What it is called where it stands: a rule without a mark of its own asks for a word of it. */
  readonly name: string
  /** The rule that found it there, and has seen to its words; null where nobody has. */
  readonly rule: string | null
}

/** @returns the id of the rule whose token the value is, whole; null for none */
export type Recognise = (candidate: Candidate) => string | null

/** Loads the tables of the scanner, for who has a value and wants to know what it is. */
export async function loadRecogniser(ids: readonly string[]): Promise<Recognise> {
  const rules = (await Promise.all(Object.values(TOKEN_GROUPS).map((load) => load())))
    .flat()
    .filter(({ id }) => ids.includes(id))
  return (candidate) => rules.find((rule) => isWhole(rule, candidate))?.id ?? null
}

/** As long as the scanner matches; the shapes are linear on that. */
const LONGEST = 1024

function isWhole({ id, shape, near }: TokenRule, { value, name, rule }: Candidate): boolean {
  if (value.length > LONGEST || !new RegExp(`^(?:${shape.source})$`).test(value)) return false
  if (rule !== null) return rule === id
  return near === undefined || near.some((word) => name.toLowerCase().includes(word))
}
