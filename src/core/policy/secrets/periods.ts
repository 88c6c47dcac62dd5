import type { Environment } from '../sections/environments.ts'
import type { EnvironmentKind, SecretType } from '../sections/kinds.ts'
import { placeOf } from '../sections/place.ts'

/** Days, and what decided. */
interface Days<Value> {
  readonly value: Value
  readonly decidedBy: string
}

/** A login at a database reaches everything in it, and can be changed without anybody's help. */
const DATABASE: Readonly<Record<EnvironmentKind, number>> = { production: 30, staging: 60, development: 90, testing: 7 }

/**
 * Passwords that people type are changed when they leak and not by the calendar (NIST SP 800-63B-4, 3.1.1.2); those of programs by a
 * period of one's own risk analysis (PCI DSS 8.6.3). A certificate has its own end.
 */
const PERIODS: Readonly<Record<Exclude<SecretType, 'database'>, number | null>> = {
  'api-key': 30,
  'webhook-secret': 90,
  'signing-key': 90,
  'service-password': 90,
  'human-password': null,
  'master-key': 90,
  certificate: null,
  secret: 90,
  setting: null,
}

const MOST_WARN = 14
const MOST_GRACE = 7
/** For an end that no period leads to. */
const WARN_WITHOUT_PERIOD = 30

/** How old a secret of a type may become, where no entry of `secrets` says it (null for ever): what its environment says, else what is built in. */
export function periodOf(
  type: SecretType,
  { environment, kind, file }: { environment: Environment | null; kind: EnvironmentKind | null; file: string },
): Days<number | null> {
  const own = environment?.rotateEvery.get(type)
  if (environment !== null && own !== undefined)
    return { value: own.days, decidedBy: `environments.${environment.name}.rotate-every, ${placeOf(file, own.line)}` }
  if (type !== 'database') return { value: PERIODS[type], decidedBy: `default: ${type}` }
  return {
    value: DATABASE[kind ?? 'production'],
    decidedBy:
      kind === null
        ? 'default: database, as in production: its environment is not known'
        : `default: database in ${kind}`,
  }
}

/** A quarter of the period, at least a day; with a fixed number what is changed each week would always be due. */
export function warnOf(every: number | null): Days<number> {
  if (every === null) return { value: WARN_WITHOUT_PERIOD, decidedBy: 'default: without a period' }
  return {
    value: quarterOf(every, MOST_WARN),
    decidedBy: `default: a quarter of the period, ${MOST_WARN} days at most`,
  }
}

/** The same for the time in which it is late, and not yet overdue. */
export function graceOf(every: number | null): Days<number> {
  if (every === null) return { value: MOST_GRACE, decidedBy: 'default: without a period' }
  return {
    value: quarterOf(every, MOST_GRACE),
    decidedBy: `default: a quarter of the period, ${MOST_GRACE} days at most`,
  }
}

function quarterOf(every: number, most: number): number {
  return Math.min(most, Math.max(1, Math.floor(every / 4)))
}
