import { means } from '../glob/means.ts'
import type { Policy } from './policy.ts'
import { followed } from './rotation/followed.ts'
import { ENVIRONMENT_KINDS, type EnvironmentKind } from './sections/kinds.ts'
import { placeOf } from './sections/place.ts'

/** The environment of a file, and what decided. */
export interface SettledEnvironment {
  readonly name: string
  /** Null where neither sealward.yml nor the name says it. */
  readonly kind: EnvironmentKind | null
  readonly decidedBy: string
}

const WORDS: Readonly<Record<EnvironmentKind, readonly string[]>> = {
  production: ['production', 'prod', 'prd', 'live'],
  staging: ['staging', 'stage', 'stg', 'preprod', 'uat'],
  development: ['development', 'dev', 'local'],
  testing: ['testing', 'test', 'tests', 'ci', 'qa'],
}

/** @returns the name of the environment that a file (relative to sealward.yml, '/' separators) is in, or null when nothing says it */
export function environmentOf(policy: Policy, file: string): string | null {
  return settleEnvironment(policy, file)?.name ?? null
}

/**
 * The same, with what it is for and what decided: the first entry of `environments` whose paths mean the file, else its name
 * (`.env.prod.encrypted`), else the folder nearest to it whose name is one (`environments/staging/.env.encrypted`).
 */
export function settleEnvironment(policy: Policy, asked: string): SettledEnvironment | null {
  const file = followed(policy, asked)
  const listed = policy.environments.find(({ paths }) => paths.some((glob) => means(glob, file)))
  if (listed !== undefined)
    return {
      ...settled(policy, listed.name),
      decidedBy: `environments.${listed.name}.paths, ${placeOf(policy.file, listed.line)}`,
    }
  const [base = '', ...folders] = file.split('/').toReversed()
  const fromName = nameIn(policy, [...base.split('.'), ...base.split(/[._-]/)])
  if (fromName !== null) return { ...settled(policy, fromName), decidedBy: "the file's name" }
  const fromFolder = nameIn(policy, folders)
  return fromFolder === null ? null : { ...settled(policy, fromFolder), decidedBy: "the folder's name" }
}

/** @returns what an environment is for, by sealward.yml or by its name: `production-eu` is for production */
export function kindOf(policy: Policy, name: string): EnvironmentKind | null {
  const written = policy.environments.find((environment) => environment.name === name)?.kind
  return written ?? kindIn([name, ...name.split(/[._-]/)])
}

function settled(policy: Policy, name: string): Pick<SettledEnvironment, 'name' | 'kind'> {
  return { name, kind: kindOf(policy, name) }
}

/** A name of sealward.yml comes before the words that everybody knows. */
function nameIn({ environments }: Policy, words: readonly string[]): string | null {
  const own = words.find((word) => environments.some(({ name }) => name === word))
  return own ?? kindIn(words)
}

function kindIn(words: readonly string[]): EnvironmentKind | null {
  for (const word of words) {
    const kind = ENVIRONMENT_KINDS.find((one) => WORDS[one].includes(word.toLowerCase()))
    if (kind !== undefined) return kind
  }
  return null
}
