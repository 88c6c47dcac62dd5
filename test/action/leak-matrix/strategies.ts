import { planMasks, type SecretValue } from '../../../src/core/mask/plan.ts'

/** What an action tells the runner to mask. */
export interface Strategy {
  readonly name: string
  readonly masks: (secrets: readonly SecretValue[]) => readonly string[]
}

/** Ours, and what the usual actions do as read in their sources. */
export const STRATEGIES: readonly Strategy[] = [
  { name: 'sealward', masks: (secrets) => planMasks({ secrets }).masks },
  { name: 'the whole value once (1Password, AWS, Infisical)', masks: (secrets) => secrets.map(({ value }) => value) },
  { name: 'line by line (vault-action)', masks: (secrets) => secrets.flatMap(linesOf) },
  {
    name: 'line by line, four characters or more (Google)',
    masks: (secrets) => secrets.flatMap(linesOf).filter((line) => line.length >= 4),
  },
]

function linesOf({ value }: SecretValue): string[] {
  return value.split(/\r\n|\r|\n/).filter((line) => line !== '')
}
