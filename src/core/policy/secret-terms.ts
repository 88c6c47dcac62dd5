import { means } from '../glob/means.ts'
import { kindOf } from './environments.ts'
import type { Policy } from './policy.ts'
import { guessType } from './secrets/guess-type.ts'
import { graceOf, periodOf, warnOf } from './secrets/periods.ts'
import type { EnvironmentKind, SecretType } from './sections/kinds.ts'
import { placeOf } from './sections/place.ts'
import type { Exemption, SecretRule, SecretSettings } from './sections/secrets.ts'

/** A secret that is asked about. */
export interface SecretQuestion {
  readonly name: string
  /** Relative to sealward.yml, with '/' separators. */
  readonly file: string
  /** As `environmentOf` says. */
  readonly environment: string | null
}

/** What counts for a secret. `decidedBy` says for each setting what decided; it never holds the name of a secret. */
export interface SecretTerms extends SecretSettings {
  /** Days before an end that the value itself has, and that no known start leads to. */
  readonly warnExpiry: number
  readonly decidedBy: Readonly<Record<keyof SecretSettings, string>>
}

interface Decided<T> {
  readonly value: T
  readonly decidedBy: string
}

const DAY = 24 * 60 * 60 * 1000
const WARN_EXPIRY = 30
const NOBODY = { value: [], decidedBy: 'default: nobody' }
const NONE = { value: null, decidedBy: 'default: none' }

/**
 * Settles what counts for a secret. For each setting that is the first entry of `secrets` that is about it and has the setting; then what
 * its environment says, then what is built in for its type.
 */
export function termsFor(policy: Policy, question: SecretQuestion): SecretTerms {
  const kind = question.environment === null ? null : kindOf(policy, question.environment)
  const rules = policy.secrets.filter((rule) => isAbout(rule, question, kind))
  const settle = <Key extends keyof SecretSettings>(
    key: Key,
    otherwise: () => Decided<SecretSettings[Key]>,
  ): Decided<SecretSettings[Key]> => {
    const rule = rules.find(({ says }) => says[key] !== undefined)
    if (rule === undefined) return otherwise()
    return {
      value: rule.says[key]!,
      decidedBy: `secrets[${policy.secrets.indexOf(rule)}], ${placeOf(policy.file, rule.line)}`,
    }
  }
  const type = settle('type', () => typeOf(policy, question.name))
  const every = settle('rotateEvery', () => {
    const environment = policy.environments.find(({ name }) => name === question.environment) ?? null
    return periodOf(type.value, { environment, kind, file: policy.file })
  })
  const warn = settle('warn', () => warnOf(every.value))
  const grace = settle('grace', () => graceOf(every.value))
  const owners = settle('owners', () => NOBODY)
  const backup = settle('backupOwners', () => NOBODY)
  const expires = settle('expires', () => NONE)
  const exempt = settle('exempt', () => NONE)
  return {
    ...{ type: type.value, owners: owners.value, backupOwners: backup.value, rotateEvery: every.value },
    ...{ warn: warn.value, grace: grace.value, expires: expires.value, exempt: exempt.value },
    warnExpiry: rules.find(({ says }) => says.warn !== undefined)?.says.warn ?? WARN_EXPIRY,
    decidedBy: {
      ...{
        type: type.decidedBy,
        owners: owners.decidedBy,
        backupOwners: backup.decidedBy,
        rotateEvery: every.decidedBy,
      },
      ...{ warn: warn.decidedBy, grace: grace.decidedBy, expires: expires.decidedBy, exempt: exempt.decidedBy },
    },
  }
}

/** Whether an exemption counts at a moment: through the last second (UTC) of its last day. */
export function isExempt(exempt: Exemption | null, now: Date): boolean {
  return exempt !== null && now.getTime() < exempt.until.getTime() + DAY
}

/** A kind stands for every environment of that kind. */
function isAbout(
  { names, paths, environments }: SecretRule,
  { name, file, environment }: SecretQuestion,
  kind: EnvironmentKind | null,
): boolean {
  return (
    names.some((glob) => means(glob, name)) &&
    (paths === null || paths.some((glob) => means(glob, file))) &&
    (environments === null || environments.some((one) => one === environment || one === kind))
  )
}

function typeOf({ publicNames }: Policy, name: string): Decided<SecretType> {
  if (publicNames.some((glob) => means(glob, name))) return { value: 'setting', decidedBy: 'public: it is no secret' }
  return { value: guessType(name), decidedBy: 'guessed from its name' }
}
