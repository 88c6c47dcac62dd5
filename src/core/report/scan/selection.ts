import type { Finding } from '../../finding.ts'
import { amount } from '../amount.ts'
import { byUrgency } from './order.ts'

/** The findings of one file: those to show, and how many are not shown. */
export interface FileGroup {
  readonly file: string
  /** In the order they were given. */
  readonly shown: readonly Finding[]
  readonly left: number
}

export interface Bounds {
  /** Of one file. */
  readonly perFile: number
  /** Of all files together. */
  readonly overall: number
}

/**
 * Findings by file, in the order they were given, and of more than can be read the most urgent ones. A file of which nothing is shown
 * has its group too.
 */
export function selectByFile(findings: readonly Finding[], { perFile, overall }: Bounds): FileGroup[] {
  const files = [...groupByFile(findings)]
  const urgent = files.flatMap(([, group]) => group.toSorted(byUrgency).slice(0, perFile))
  const chosen = new Set(urgent.toSorted(byUrgency).slice(0, overall))
  return files.map(([file, group]) => {
    const shown = group.filter((finding) => chosen.has(finding))
    return { file, shown, left: group.length - shown.length }
  })
}

/** `... and 5 more in 2 other files`, of the files of which nothing is shown; empty when there are none. */
export function sayUnshown(groups: readonly FileGroup[]): string {
  const unshown = groups.filter(({ shown }) => shown.length === 0)
  const left = unshown.reduce((sum, group) => sum + group.left, 0)
  return left === 0 ? '' : `... and ${left} more in ${amount(unshown.length, 'other file')}`
}

/** Map.groupBy, which Node 20 lacks. */
function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.file)
    if (group === undefined) groups.set(finding.file, [finding])
    else group.push(finding)
  }
  return groups
}
