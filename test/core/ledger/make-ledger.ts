import { type Entry, makeEntry } from '../../../src/core/ledger/entry.ts'
import type { LedgerEvent } from '../../../src/core/ledger/event.ts'

export interface Made {
  readonly entries: readonly Entry[]
  readonly lines: readonly string[]
}

const START = Date.parse('2026-01-01T00:00:00Z')
export const HOUR = 60 * 60 * 1000

/** An entry behind others, made an hour after the last of them. */
export function entryAfter(parents: readonly Entry[], event: LedgerEvent = { kind: 'exported', format: 'json' }) {
  const latest = Math.max(START, ...parents.map(({ time }) => time.getTime()))
  const sorted = parents.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return makeEntry({ event, parents: sorted, time: new Date(latest + HOUR), by: { via: 'git', name: 'alice' } })
}

/** A ledger of so many entries, one after the other. */
export function ledgerOf(count: number): Made {
  const made: { entry: Entry; line: string }[] = []
  for (let at = 0; at < count; at += 1)
    made.push(
      entryAfter(
        made.slice(-1).map(({ entry }) => entry),
        { kind: 'exported', format: `json-${at}` },
      ),
    )
  return { entries: made.map(({ entry }) => entry), lines: made.map(({ line }) => line) }
}

/**
 * A ledger with branches.
 *
 * @param choices for each entry, which of those before it it follows (counted from the end of those that are open), or with 'join' all of
 * them
 */
export function branchedLedger(choices: readonly (number | 'join')[]): Made {
  const entries: Entry[] = []
  const lines: string[] = []
  const open = () => {
    const followed = new Set(entries.flatMap(({ parents }) => parents))
    return entries.filter(({ id }) => !followed.has(id))
  }
  for (const [at, choice] of choices.entries()) {
    const joined = choice === 'join' && open().length > 1
    const back = typeof choice === 'number' ? choice : 0
    const parents = joined ? open() : entries.slice(-1 - (back % Math.max(1, entries.length)))?.slice(0, 1)
    const made = entryAfter(parents, joined ? { kind: 'merged' } : { kind: 'exported', format: `json-${at}` })
    entries.push(made.entry)
    lines.push(made.line)
  }
  return { entries, lines }
}
