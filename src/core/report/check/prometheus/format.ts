import { printable } from '../../printable.ts'
import { shorten } from '../../scan/amounts.ts'
import { withoutCommands } from '../../text.ts'

/** A metric and its series. All of ours are gauges. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly samples: readonly Sample[]
}

export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** An empty label is the same as none. */
export type Labels = Readonly<Record<string, string>>

/**
 * The text format of Prometheus 0.0.4, as the textfile collector reads it. A series that occurs twice would make it refuse the whole file,
 * so of two with the same labels the first one stands. A family without a series is left out.
 */
export function printFamily({ name, help, samples }: Family): string {
  const series = new Map<string, number>()
  for (const { labels, value } of samples) {
    const key = printLabels(labels)
    if (!series.has(key)) series.set(key, value)
  }
  if (series.size === 0) return ''
  const lines = [...series].map(([labels, value]) => `${name}${labels} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}

export function printLabels(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '')
  return pairs.length === 0 ? '' : `{${pairs.map(([label, value]) => `${label}="${escapeLabel(value)}"`).join(',')}}`
}

/** Unix time; fractions of a second are of no use here. */
export function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

/** The format has escapes for a backslash, a quote and a line end; of the last and of other controls `printable` leaves none. */
function escapeLabel(value: string): string {
  return withoutCommands(printable(shorten(value, 1000).toWellFormed()))
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
}
