import type { Actor } from '../ledger/actor.ts'
import { amount } from './amount.ts'
import { codeMarkdown } from './scan/markdown/markdown-escape.ts'

/** How much a summary says. Names of secrets are no secrets, but they tell a reader of a public repository where to look. */
export type SummaryStyle = 'names' | 'counts' | 'off'

export interface SummaryFile {
  readonly path: string
  /** Null when the file's name says none. */
  readonly environment: string | null
  /** What was exported from it. */
  readonly names: readonly string[]
  /** `sops_lastmodified`, as the metadata has it. */
  readonly timestamp: string
}

export interface Summary {
  /** Who started the run, and the run; null where the environment does not say. */
  readonly by?: Actor | null
  readonly files: readonly SummaryFile[]
  /** How many literals the runner was told to hide, for all files together. */
  readonly maskedForms: number
  readonly style: SummaryStyle
  readonly now: Date
}

/** A summary may have 1 MiB, and nobody reads as much. */
const MOST_FILES = 50
const MOST_NAMES = 200

/** The job summary as Markdown: a table of the files, and the names below it. Empty for `off`. Ends with a line end. */
export function printSummary({ files, maskedForms, style, now, by = null }: Summary): string {
  if (style === 'off') return ''
  const rows = files
    .slice(0, MOST_FILES)
    .map(({ path, environment, names, timestamp }) => [
      codeMarkdown(path),
      environment === null ? '' : codeMarkdown(environment),
      String(names.length),
      files.length === 1 ? String(maskedForms) : '',
      ageOf(timestamp, now),
    ])
  const total = files.reduce((sum, { names }) => sum + names.length, 0)
  const last = files.length === 1 ? [] : [[`${files.length} files`, '', String(total), String(maskedForms), '']]
  const table = [HEAD, RULE, ...[...rows, ...last].map((cells) => `| ${cells.join(' | ')} |`)]
  return `### Sealward\n\n${table.join('\n')}\n${style === 'names' ? printNames(files) : ''}${by === null ? '' : printActor(by, now)}\n`
}

const HEAD = '| File | Environment | Variables | Masked forms | Last changed |'
const RULE = '|---|---|--:|--:|---|'

/** The ledger's word for it: who, which run, when. */
function printActor({ name, run }: Actor, now: Date): string {
  const where = run === undefined ? '' : ` in ${codeMarkdown(run)}`
  return `\nDecrypted for ${codeMarkdown(name)}${where}, ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC.\n`
}

function printNames(files: readonly SummaryFile[]): string {
  const names = [...new Set(files.flatMap((file) => file.names))]
  if (names.length === 0) return ''
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return `\n${names.slice(0, MOST_NAMES).map(codeMarkdown).join(' ')}${rest}\n`
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Clocks differ by minutes; a file that is dated later than that was dated wrongly. */
function ageOf(timestamp: string, now: Date): string {
  const age = now.getTime() - Date.parse(timestamp)
  if (Number.isNaN(age)) return ''
  if (age < -HOUR) return 'in the future'
  if (age < 2 * HOUR) return ago(Math.max(0, Math.floor(age / MINUTE)), 'minute')
  return age < 2 * DAY ? ago(Math.floor(age / HOUR), 'hour') : ago(Math.floor(age / DAY), 'day')
}

function ago(number: number, unit: string): string {
  return `${amount(number, unit)} ago`
}
