import type { CorpusFile } from '../../../test/corpus/generator/corpus.ts'

/** Where a tool says that there is a secret. */
export interface Report {
  readonly path: string
  readonly line: number
}

export interface Score {
  readonly found: number
  readonly missed: number
  /** Lines that were reported and hold no secret. */
  readonly falseAlarms: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Of each kind of secret, how many were found, of how many. */
  readonly byKind: ReadonlyMap<string, readonly [found: number, all: number]>
  /** Of each kind of negative, how many were reported, of how many; `unlabelled` for other lines. */
  readonly alarmsByKind: ReadonlyMap<string, readonly [reported: number, all: number]>
}

/**
 * Holds reports against labels. A secret is found when any of its lines is reported, once; a reported line that belongs to no secret is a
 * false alarm, once.
 */
export function scoreOf(files: readonly CorpusFile[], reports: readonly Report[]): Score {
  const lines = new Map<string, Set<number>>()
  for (const { path, line } of reports) lines.set(path, (lines.get(path) ?? new Set()).add(line))
  const byKind = new Map<string, [number, number]>()
  const alarmsByKind = new Map<string, [number, number]>()
  let [found, missed, falseAlarms] = [0, 0, 0]
  for (const file of files) {
    const reported = new Set(lines.get(file.path))
    for (const { line, end, kind } of file.secrets) {
      const hit = range(line, end).filter((one) => reported.has(one))
      count(byKind, kind, hit.length > 0)
      if (hit.length > 0) found += 1
      else missed += 1
      for (const one of range(line, end)) reported.delete(one)
    }
    for (const { line, end, kind } of file.negatives) {
      const hit = range(line, end).filter((one) => reported.has(one))
      count(alarmsByKind, kind, hit.length > 0)
      falseAlarms += hit.length
      for (const one of hit) reported.delete(one)
    }
    falseAlarms += reported.size
    for (const _ of reported) count(alarmsByKind, 'unlabelled', true)
  }
  const precision = found / Math.max(1, found + falseAlarms)
  const recall = found / Math.max(1, found + missed)
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall)
  return { found, missed, falseAlarms, precision, recall, f1, byKind, alarmsByKind }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function count(counts: Map<string, [number, number]>, kind: string, hit: boolean): void {
  const [hits, all] = counts.get(kind) ?? [0, 0]
  counts.set(kind, [hits + (hit ? 1 : 0), all + 1])
}
