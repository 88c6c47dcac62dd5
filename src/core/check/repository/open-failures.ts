import { dayOf } from '../../day.ts'
import type { Entry } from '../../ledger/entry.ts'
import { short } from '../../ledger/problem.ts'
import { amount } from '../../report/amount.ts'
import type { Judged } from '../judged.ts'
import { judged } from '../subject.ts'

/** How long a failure is told of: who looks once a month sees each, and none stays for ever. */
export const OPEN_FAILURE_DAYS = 30

export interface OpenFailuresQuestion {
  /** Of the ledger, in its order. */
  readonly entries: readonly Entry[]
  /** @returns null where nothing says it */
  environmentOf(file: string): string | null
  readonly now: Date
}

const DAY = 24 * 60 * 60 * 1000
/** The one that shows nothing but that somebody tried: every other is a file that is not as it was written. */
const WRONG_KEY = 'no-identity'

/**
 * Judges failed openings that the ledger has, a file at a time: overdue where a file was not as it was written, due where a key did not
 * fit. They are told of for some days, or until somebody lets the newest of them pass.
 */
export function judgeOpenFailures({ entries, environmentOf, now }: OpenFailuresQuestion): Judged[] {
  const since = now.getTime() - OPEN_FAILURE_DAYS * DAY
  const recent = entries.filter(({ event, time }) => event.kind === 'open-failed' && time.getTime() >= since)
  const passed = new Set(entries.flatMap(({ event }) => (event.kind === 'exempted' ? [event.about] : [])))
  const byFile = new Map<string, Entry[]>()
  for (const entry of recent)
    for (const { path } of entry.event.files!) byFile.set(path, [...(byFile.get(path) ?? []), entry])
  return [...byFile].flatMap(([file, all]) => {
    const left = all.slice(1 + all.findLastIndex((entry) => passed.has(keyOf(entry))))
    return left.length === 0 ? [] : [failureOf(file, left, environmentOf(file))]
  })
}

function failureOf(file: string, all: readonly Entry[], environment: string | null): Judged {
  const last = all.at(-1)!
  const codes = [...new Set(all.map(({ event }) => event.code!))]
  const isTampered = codes.some((code) => code !== WRONG_KEY)
  return judged(
    { kind: 'file', name: file, environment, place: { file }, owners: [] },
    {
      rule: 'open-failed',
      level: isTampered ? 'overdue' : 'due',
      message: `${amount(all.length, 'opening')} failed, last by ${last.by.name} on ${dayOf(last.time)}`,
      since: all[0]!.time,
      sinceIsExact: true,
      due: null,
      end: null,
      reasons: [`why: ${codes.join(', ')}`, `the ledger has it as ${short(last.id)}`],
      advice: `${isTampered ? TAMPERED : OTHER_KEY} Then let it pass: sealward audit accept ${keyOf(last)} --reason TEXT.`,
    },
  )
}

const TAMPERED =
  'Look in git history who changed the file, and with what: sealward history and sealward verify say more.'
const OTHER_KEY = 'Ask them which key they used; sealward members add gives a key access.'

/** By what it can be let pass. */
function keyOf({ id }: Entry): string {
  return `open-failed:${short(id)}`
}
