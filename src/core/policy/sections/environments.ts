import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { described, glob, listOf, matching } from '../schema-parts.ts'
import { daysOf, period } from './duration.ts'
import { ENVIRONMENT_KINDS, type EnvironmentKind, SECRET_TYPES, type SecretType } from './kinds.ts'

/** An environment of sealward.yml. `policy/environments.ts` says which file is in which. */
export interface Environment {
  readonly line: number
  readonly name: string
  /** Globs. */
  readonly paths: readonly string[]
  /** As it is written; null where the name has to say it. */
  readonly kind: EnvironmentKind | null
  /** How many days a secret of a type may be old; null for ever. */
  readonly rotateEvery: ReadonlyMap<SecretType, { readonly days: number | null; readonly line: number }>
}

export const environmentName = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  'has a name that is not 1 to 64 letters, digits and . _ -',
)

const periodByType = v.strictObject({
  database: v.optional(described(period, 'Of logins at databases, and of addresses that hold one.')),
  'api-key': v.optional(described(period, 'Of keys and tokens of other services.')),
  'webhook-secret': v.optional(described(period, 'Of secrets that sign webhooks, and of addresses that are secret.')),
  'signing-key': v.optional(described(period, 'Of keys that sign or encrypt your own data and sessions.')),
  'service-password': v.optional(described(period, 'Of passwords that programs log in with.')),
  'human-password': v.optional(described(period, 'Of passwords that people type.')),
  'master-key': v.optional(described(period, 'Of keys that open other keys.')),
  certificate: v.optional(described(period, 'Of certificates and their keys, which have an end of their own.')),
  secret: v.optional(described(period, 'Of secrets of no other type.')),
  setting: v.optional(described(period, 'Of values that are no secrets.')),
} satisfies Record<SecretType, v.GenericSchema>)

export const EnvironmentsSection = v.record(
  environmentName,
  v.strictObject({
    paths: listOf(
      glob,
      'Which encrypted files are in it: globs relative to sealward.yml. Without it, the name of a file says it.',
    ),
    kind: v.optional(
      described(
        v.picklist(ENVIRONMENT_KINDS, `must be one of ${ENVIRONMENT_KINDS.join(', ')}`),
        'What it is for. Without it, the name says it.',
      ),
    ),
    'rotate-every': v.optional(
      described(periodByType, 'How old a secret may become here, by type: 30d, 6w, 3mo, 1y or never.'),
    ),
  }),
)

type EnvironmentsText = v.InferOutput<typeof EnvironmentsSection>

/** @param text as the schema lets it through */
export function readEnvironments(text: EnvironmentsText, yaml: Yaml): Environment[] {
  return Object.entries(text).map(([name, { paths = [], kind = null, 'rotate-every': periods = {} }]) => ({
    line: yaml.lineOf(['environments', name]),
    ...{ name, paths, kind },
    rotateEvery: new Map(
      SECRET_TYPES.flatMap((type) => {
        const written = periods[type]
        const line = yaml.lineOf(['environments', name, 'rotate-every', type])
        return written === undefined ? [] : [[type, { days: daysOf(written), line }] as const]
      }),
    ),
  }))
}
