import { byCodeUnits } from '../code-units.ts'
/**
 * How urgent something is. `due` begins where warning begins, `late` is past the day it should have been done, `critical` is the last
 * stretch before it stops working, `overdue` is past the end: its grace is over, or it has expired.
 */
export const LEVELS = ['ok', 'due', 'late', 'critical', 'overdue'] as const
export type Level = (typeof LEVELS)[number]

/** What is judged. One kind has one file of rules in this folder or beside it. */
export type SubjectKind =
  | 'secret'
  | 'token'
  | 'certificate'
  | 'crl'
  | 'endpoint'
  | 'recipient'
  | 'key'
  | 'file'
  | 'exemption'

/** Where it stands. For an encrypted value that is the line of its name in the encrypted file. */
export interface SubjectPlace {
  /** Relative to the top of the repository, with '/' separators. */
  readonly file: string
  /** From 1. */
  readonly line?: number
}

/** One thing that was looked at and one question that was asked of it, with the answer. Renderings make words of it. */
export interface Judged {
  /** Stable over time and re-encryption, and the same on every machine: `idOf` makes it from kind, rule, file and name. */
  readonly id: string
  readonly kind: SubjectKind
  /** The question, by a stable name: `rotate-every`, `expires`, `certificate-lifetime`, `not-deployed`, ... */
  readonly rule: string
  readonly level: Level
  /** What the person called it: the variable, the subject of the certificate, `host:port`, the member. Renderings may hide it. */
  readonly name: string
  readonly environment: string | null
  readonly place: SubjectPlace | null
  /** The verdict as a sentence without the name and without any part of a secret: `was last changed 47 days ago; every 30 is asked`. */
  readonly message: string
  /** The start of its life: the last change, or the first day of its validity. */
  readonly since: Date | null
  /** False when `since` is a bound: it is at least that old. */
  readonly sinceIsExact: boolean
  /** The day by which it should be done. */
  readonly due: Date | null
  /** The moment it stops working, or counts as overdue. */
  readonly end: Date | null
  /** GitHub logins or teams (`octocat`, `octo-org/ops`), or free words. */
  readonly owners: readonly string[]
  /** Why, and which line of sealward.yml or which default decided. */
  readonly reasons: readonly string[]
  /** The one step that mends it, as a sentence or two: `Rotate it.` */
  readonly advice: string
}

/** What could not be looked at, and what that means for the answer: a shallow clone, a missing key, an endpoint that is silent. */
export interface CheckNote {
  readonly message: string
  readonly place?: SubjectPlace
  readonly hint?: string
}

/** What one run of `check` found. */
export interface CheckReport {
  readonly at: Date
  /** Everything that was judged, also what is `ok`: a report of an auditor lists what is in order too. */
  readonly judged: readonly Judged[]
  readonly notes: readonly CheckNote[]
}

/** @returns how many there are of the three that outputs speak of: `late` and `critical` are due, and not yet overdue */
export function countLevels(judged: readonly Judged[]): Readonly<Record<'ok' | 'due' | 'overdue', number>> {
  const count = (...levels: Level[]) => judged.filter(({ level }) => levels.includes(level)).length
  return { ok: count('ok'), due: count('due', 'late', 'critical'), overdue: count('overdue') }
}

/** @returns -1, 0 or 1: what is more urgent first, then what ends first, then by name */
export function byUrgency(one: Judged, other: Judged): number {
  return (
    LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level) ||
    timeOf(one) - timeOf(other) ||
    byCodeUnits(one.name, other.name) ||
    byCodeUnits(one.id, other.id)
  )
}

function timeOf({ due, end }: Judged): number {
  return (due ?? end)?.getTime() ?? Number.MAX_SAFE_INTEGER
}
