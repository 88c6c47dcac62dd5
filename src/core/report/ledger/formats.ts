import type { Entry } from '../../ledger/entry.ts'
import { printCsv } from '../csv.ts'
import { inertJson } from '../scan/json/inert-json.ts'
import { describeEvent, printLog } from './text.ts'

export const LOG_FORMATS = ['text', 'json', 'csv'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

const COLUMNS = ['time', 'id', 'seq', 'kind', 'by', 'email', 'run', 'what', 'reason', 'parents']

/** Entries for people, for programs, or for spreadsheets. In JSON an entry is as it stands in the ledger, in a list. */
export function printLogAs(format: LogFormat, entries: readonly Entry[]): string {
  if (format === 'text') return printLog(entries)
  if (format === 'csv') return printCsv([COLUMNS, ...entries.map(fieldsOf)])
  return `${inertJson(entries.map(asWritten), 2)}\n`
}

function asWritten({ event, ...entry }: Entry): object {
  return { ...entry, ...event }
}

function fieldsOf({ id, seq, time, by, event, parents }: Entry): string[] {
  const { reason = '', ...rest } = event
  const who = [by.name, by.email ?? '', by.run ?? '']
  return [time.toISOString(), id, String(seq), event.kind, ...who, describeEvent(rest), reason, parents.join(' ')]
}
