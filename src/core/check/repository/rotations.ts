import { stageOf } from '../../credential/machine/phase.ts'
import type { PlainRecord } from '../../credential/record/record.ts'
import { dayOf } from '../../day.ts'
import { amount } from '../../report/amount.ts'
import { DAY } from '../bands.ts'
import type { Judged, Level } from '../judged.ts'
import { judged } from '../subject.ts'

export interface RotationQuestion {
  readonly record: PlainRecord
  /** Where it is written down, from the top of the repository. */
  readonly path: string
  readonly environment: string | null
  /** So many failures in a row until a person is asked. */
  readonly breaker: number
  readonly now: Date
}

interface Verdict {
  readonly level: Level
  readonly message: string
  readonly advice: string
}

/** How long something may wait for a merge, or for the next run. */
const PATIENCE_DAYS = 7

/**
 * Judges what was written down of a credential's rotation: whether it goes on by itself. Needs no key, and believes what is written there.
 */
export function judgeRotation({ record, path, environment, breaker, now }: RotationQuestion): Judged {
  const { name, phase, started, updated, graceUntil, failures, lastFailure } = record
  const isOpen = stageOf(phase) !== 'idle'
  const end = isOpen ? new Date((graceUntil ?? updated).getTime() + PATIENCE_DAYS * DAY) : null
  const subject = { kind: 'secret' as const, name, environment, place: { file: path }, owners: [] }
  return judged(subject, {
    ...verdictOn(record, { breaker, isLate: end !== null && end <= now }),
    rule: 'rotation-stuck',
    since: started,
    sinceIsExact: true,
    due: isOpen ? graceUntil : null,
    end,
    reasons: [
      `it stands at ${phase} since ${dayOf(updated)}`,
      `${amount(failures, 'failure')} in a row${lastFailure === null ? '' : `, the last time ${lastFailure}`}; ${breaker} open the breaker`,
    ],
  })
}

function verdictOn({ name, phase, failures }: PlainRecord, at: { breaker: number; isLate: boolean }): Verdict {
  const retry = `find out why, then \`sealward rotate secret ${name} --retry\``
  if (phase === 'rollback-failed')
    return overdue('its rotation was rolled back, and that failed: which of two logins works is not certain', retry)
  if (failures >= at.breaker) return overdue('its rotation failed too often, and waits for a person', retry)
  if (at.isLate)
    return overdue(
      phase === 'grace' ? 'its old login works long after its grace' : 'its rotation was begun and does not go on',
      `merge what is open, and see that \`sealward rotate secret ${name}\` runs by schedule`,
    )
  return { level: 'ok', message: `its rotation is at ${phase}`, advice: 'Nothing.' }
}

function overdue(message: string, advice: string): Verdict {
  return { level: 'overdue', message, advice: `${advice[0]!.toUpperCase()}${advice.slice(1)}.` }
}
