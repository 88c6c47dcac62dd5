import type { Content } from '../check/history/version.ts'
import { printableName } from '../dotenv/names.ts'
import { printable } from '../report/printable.ts'
import type { FileChange, VariableChange } from './compare.ts'

const SIGNS = { added: '+', removed: '-', changed: '~', unknown: '?' } as const

/** What changed in a file, a line for each name: + added, ~ changed, - removed, ? encrypted anew. Empty where nothing did. */
export function printFileChange({ variables, recipients }: FileChange, reveal: boolean): string {
  const rows = [
    ...variables.map((change) => printVariableChange(change, reveal)),
    ...recipients.added.map((recipient) => `+ [recipient ${printable(recipient)}]`),
    ...recipients.removed.map((recipient) => `- [recipient ${printable(recipient)}]`),
  ]
  return rows.map((row) => `${row}\n`).join('')
}

function printVariableChange({ kind, name, before, after }: VariableChange, reveal: boolean): string {
  const head = `${SIGNS[kind]} ${printableName(name)}`
  if (!reveal) return head
  const [old, fresh] = [before, after].map((content) => (content === null ? null : printContent(content)))
  if (kind === 'removed') return `${head}=${old}`
  return kind === 'added' ? `${head}=${fresh}` : `${head}: ${old} -> ${fresh}`
}

/** A value as a terminal may show it. */
export function printContent({ value }: Content): string {
  return value === null ? '(not opened)' : printable(value)
}
