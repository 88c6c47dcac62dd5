import type { CheckReport, Judged } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { printable } from '../printable.ts'

const COLUMNS = 'level,kind,name,rule,message,environment,file,line,since,since is exact,due,end,owners,advice,id'

/**
 * Everything that was judged as CSV (RFC 4180), for who works in spreadsheets: a head, then a record each, the most urgent first, every
 * field in quotes and every record ended with CRLF. No field is read as a formula.
 */
export function printCheckCsv({ judged }: CheckReport): string {
  const records = judged.toSorted(byUrgency).map((one) => fieldsOf(one).map(quoted).join(','))
  return [COLUMNS.split(',').map(quoted).join(','), ...records].map((record) => `${record}\r\n`).join('')
}

function fieldsOf(judged: Judged): string[] {
  const { level, kind, name, rule, message, environment, place, since, sinceIsExact, due, end, owners, advice, id } =
    judged
  const times = [isoOf(since), since === null ? '' : sinceIsExact ? 'yes' : 'no', isoOf(due), isoOf(end)]
  const where = [environment ?? '', place?.file ?? '', String(place?.line ?? '')]
  return [level, kind, name, rule, message, ...where, ...times, owners.join(' '), advice, id]
}

/** RFC 4180, 2.5 and 2.7. */
function quoted(text: string): string {
  return `"${inert(printable(text.toWellFormed())).replaceAll('"', '""')}"`
}

/**
 * CSV injection: spreadsheets run a cell that begins with one of these, quoted or not, also in the wide forms of East Asia; an apostrophe
 * makes it text. One that takes another separator than the comma would begin a cell behind that, so it is held off there too.
 */
const FORMULA = /(^|[,;|"'])( *)(?=[=+\-@＝＋－＠])/g

function inert(text: string): string {
  return text.replace(FORMULA, "$1'$2")
}

function isoOf(date: Date | null): string {
  return date === null ? '' : date.toISOString()
}
