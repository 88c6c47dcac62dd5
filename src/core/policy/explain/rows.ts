import { printable } from '../../report/printable.ts'

/** A line of a table: what, which value, and what decided. */
export interface Row {
  readonly key: string
  readonly value: string
  readonly decidedBy: string
}

/** A heading, and what stands below it. */
export interface Table {
  readonly heading: string
  readonly rows: readonly Row[]
}

const INDENT = '  '

/** The tables as text, with aligned columns. What comes from a file is made printable. */
export function printTables(tables: readonly Table[]): string {
  return tables.map(({ heading, rows }) => `${printable(heading)}\n${printRows(rows)}`).join('\n')
}

function printRows(rows: readonly Row[]): string {
  const cells = rows.map(({ key, value, decidedBy }) => [key, value, decidedBy].map(printable))
  const widths = [0, 1].map((column) => Math.max(0, ...cells.map((row) => row[column]!.length)))
  return cells
    .map((row) => INDENT + row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(INDENT))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

/** `30d`, or `never`. */
export function daysText(days: number | null): string {
  return days === null ? 'never' : `${days}d`
}

/** A list, or a dash for nothing. */
export function listText(items: readonly string[]): string {
  return items.length === 0 ? '-' : items.join(', ')
}
