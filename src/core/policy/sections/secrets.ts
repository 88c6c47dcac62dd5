import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { date, described, glob, oneOrMore, reason } from '../schema-parts.ts'
import { daysOf, duration, period } from './duration.ts'
import { environmentName } from './environments.ts'
import { SECRET_TYPES, type SecretType } from './kinds.ts'
import { owners, ownersOf } from './people/owners.ts'

/** What can be said of a secret. */
export interface SecretSettings {
  readonly type: SecretType
  readonly owners: readonly string[]
  /** Who is told when the owners do not act. */
  readonly backupOwners: readonly string[]
  /** Days; null for never. */
  readonly rotateEvery: number | null
  /** Days before the end, from which on it is due. */
  readonly warn: number
  /** Days behind the end, from which on it is overdue. */
  readonly grace: number
  /** The start of the day (UTC) on which it stops working; null for never. */
  readonly expires: Date | null
  readonly exempt: Exemption | null
}

/** Leave to be late. It ends. */
export interface Exemption {
  readonly reason: string
  /** The start of the last day (UTC) on which it counts: `isExempt` in `policy/secret-terms.ts` asks. */
  readonly until: Date
  readonly approvedBy: string
}

/** An entry of `secrets`: what it is about, and only what it says. */
export interface SecretRule {
  readonly line: number
  /** Globs of names. */
  readonly names: readonly string[]
  /** Globs; null for all files. */
  readonly paths: readonly string[] | null
  /** Names, and kinds for all environments of that kind; null for all, and for files that are in none. */
  readonly environments: readonly string[] | null
  readonly says: Partial<SecretSettings>
}

const Exempt = v.strictObject({
  reason: described(reason, 'Why it may be late.'),
  until: described(date, 'The last day (UTC) on which this counts.'),
  'approved-by': described(reason, 'Who allowed it.'),
})

export const SecretsSection = v.array(
  v.pipe(
    v.strictObject({
      name: described(oneOrMore(glob), 'Which variables: a name, a glob of names such as *_TOKEN, or a list of them.'),
      path: v.optional(
        described(oneOrMore(glob), 'In which encrypted files: globs relative to sealward.yml. Without it, in all.'),
      ),
      environment: v.optional(
        described(
          oneOrMore(environmentName),
          'In which environments; production means all of that kind. Without it, in all.',
        ),
      ),
      type: v.optional(
        described(
          v.picklist(SECRET_TYPES, `must be one of ${SECRET_TYPES.join(', ')}`),
          'What it is. Without it, the name is asked.',
        ),
      ),
      owner: v.optional(described(owners, 'Who looks after it: GitHub logins, teams (octo-org/ops) or free words.')),
      'backup-owner': v.optional(described(owners, 'Who is told when the owners do not act.')),
      'rotate-every': v.optional(
        described(period, 'How old it may become: 30d, 6w, 3mo, 1y or never. Without it, the type says it.'),
      ),
      warn: v.optional(described(duration, 'How long before its end it is due.')),
      grace: v.optional(described(duration, 'How long behind the end of its period it is late, and not yet overdue.')),
      expires: v.optional(
        described(
          v.union([v.literal('never'), date], 'must be a date like 2027-01-31, or never'),
          'The day (UTC) on which it stops working, where the value itself does not say, or never.',
        ),
      ),
      exempt: v.optional(described(Exempt, 'Leave to be late, with an end.')),
    }),
    v.check(
      ({ warn, 'rotate-every': every }) => warn === undefined || every === undefined || isShorter(warn, every),
      'has a warn that is as long as its rotate-every: it would always be due',
    ),
  ),
)

export type SecretsText = v.InferOutput<typeof SecretsSection>

/** @param text as the schema lets it through */
export function readSecrets(text: SecretsText, yaml: Yaml): SecretRule[] {
  return text.map((entry, index) => ({
    line: yaml.lineOf(['secrets', index]),
    names: [entry.name].flat(),
    paths: entry.path === undefined ? null : [entry.path].flat(),
    environments: entry.environment === undefined ? null : [entry.environment].flat(),
    says: settingsOf(entry),
  }))
}

/** What is absent is not said; null is said. */
function settingsOf(entry: SecretsText[number]): Partial<SecretSettings> {
  const { type, owner, 'backup-owner': backup, 'rotate-every': every, warn, grace, expires, exempt } = entry
  return {
    ...(type === undefined ? {} : { type }),
    ...(owner === undefined ? {} : { owners: ownersOf(owner) }),
    ...(backup === undefined ? {} : { backupOwners: ownersOf(backup) }),
    ...(every === undefined ? {} : { rotateEvery: daysOf(every) }),
    ...(warn === undefined ? {} : { warn: daysOf(warn)! }),
    ...(grace === undefined ? {} : { grace: daysOf(grace)! }),
    ...(expires === undefined ? {} : { expires: expires === 'never' ? null : startOfDay(expires) }),
    ...(exempt === undefined
      ? {}
      : { exempt: { reason: exempt.reason, until: startOfDay(exempt.until), approvedBy: exempt['approved-by'] } }),
  }
}

function isShorter(warn: string, every: string): boolean {
  return daysOf(warn)! < (daysOf(every) ?? Number.POSITIVE_INFINITY)
}

/** @param day that the calendar has: `2027-01-31` */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}
