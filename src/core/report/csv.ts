import { printable } from './printable.ts'
import { withoutCommands } from './text.ts'

/** Records as CSV (RFC 4180): every field in quotes, every record ended with CRLF. No field is read as a formula or a runner's command. */
export function printCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('')
}

/** RFC 4180, 2.5 and 2.7. */
function quoted(text: string): string {
  return `"${inert(withoutCommands(printable(text.toWellFormed()))).replaceAll('"', '""')}"`
}

/**
 * CSV injection: spreadsheets run a cell that begins with one of these, quoted or not, also in the wide forms of East Asia; an apostrophe
 * makes it text. One that takes another separator than the comma would begin a cell behind that, so it is held off there too.
 */
const FORMULA = /(^|[,;|"'])( *)(?=[=+\-@＝＋－＠])/g

function inert(text: string): string {
  return text.replace(FORMULA, "$1'$2")
}
