import type { CheckReport, Judged } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { printCsv } from '../csv.ts'

const COLUMNS = 'level,kind,name,rule,message,environment,file,line,since,since is exact,due,end,owners,advice,id'

/**
 * Everything that was judged as CSV (RFC 4180), for who works in spreadsheets: a head, then a record each, the most urgent first, every
 * field in quotes and every record ended with CRLF. No field is read as a formula.
 */
export function printCheckCsv({ judged }: CheckReport): string {
  return printCsv([COLUMNS.split(','), ...judged.toSorted(byUrgency).map(fieldsOf)])
}

function fieldsOf(judged: Judged): string[] {
  const { level, kind, name, rule, message, environment, place, since, sinceIsExact, due, end, owners, advice, id } =
    judged
  const times = [isoOf(since), since === null ? '' : sinceIsExact ? 'yes' : 'no', isoOf(due), isoOf(end)]
  const where = [environment ?? '', place?.file ?? '', String(place?.line ?? '')]
  return [level, kind, name, rule, message, ...where, ...times, owners.join(' '), advice, id]
}

function isoOf(date: Date | null): string {
  return date === null ? '' : date.toISOString()
}
