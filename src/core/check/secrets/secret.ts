import { dayOf } from '../../day.ts'
import { readExpiries } from '../../expiry/read-expiries.ts'
import type { SecretTerms } from '../../policy/secret-terms.ts'
import { bandOf } from '../bands.ts'
import type { Judged } from '../judged.ts'
import { judged, type Subject } from '../subject.ts'
import { judgeAge } from './age.ts'
import { judgeExpiries } from './expiry.ts'
import type { ValueAge } from './value-age.ts'

/** A variable of an encrypted file, and all that is known of it. */
export interface SecretFacts {
  readonly subject: Subject
  readonly terms: SecretTerms
  /** Null where history says nothing, and for a value that anybody can read: that one is no secret. */
  readonly age: ValueAge | null
  /** Null where nobody opened the file. */
  readonly value: string | null
}

/**
 * Judges a secret: its age against `rotate-every`, the end that sealward.yml states, and the ends that the value itself states. An empty
 * value is nothing that could be old.
 *
 * @returns nothing where nothing is asked; an exemption is not looked at (`exemptions.ts`)
 */
export function judgeSecret({ subject, terms, age, value }: SecretFacts, now: Date): Judged[] {
  if (value === '') return []
  const bands = { warn: terms.warnExpiry, floor: null }
  const answers = [
    age === null ? null : judgeAge(subject, age, { terms, now }),
    judgeStatedEnd(subject, terms, now),
    ...(value === null ? [] : judgeExpiries(subject, readExpiries(subject.name, value), { terms: bands, now })),
  ]
  return answers.filter((answer) => answer !== null)
}

/** The end that somebody wrote into sealward.yml, because the value does not say it. */
function judgeStatedEnd(subject: Subject, { expires, warnExpiry, decidedBy }: SecretTerms, now: Date): Judged | null {
  if (expires === null) return null
  const { level, due, because } = bandOf({ notBefore: null, notAfter: expires }, { warn: warnExpiry, floor: null }, now)
  return judged(subject, {
    rule: 'stated-end',
    level,
    message: `${level === 'overdue' ? 'stopped' : 'stops'} working on ${dayOf(expires)}, as sealward.yml says`,
    since: null,
    sinceIsExact: false,
    due,
    end: expires,
    reasons: [`expires: ${decidedBy.expires}`, because],
    advice: 'Replace it before that day, and put the end of the new one into sealward.yml.',
  })
}
