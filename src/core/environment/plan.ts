import { SealwardError } from '../errors.ts'
import { EXPORTED_NAME, type ExportedNames, printExported, readExported } from './exported.ts'

/** What becomes of a variable that the job has already, with another value. */
export type OnConflict = 'error' | 'keep' | 'replace'

export interface PlanRequest {
  /** What the step exports: names after the prefix. */
  readonly variables: ReadonlyMap<string, string>
  /** The environment that the step was started with. */
  readonly existing: Readonly<Record<string, string | undefined>>
  readonly onConflict: OnConflict
  /** Whether what earlier steps exported, and this one does not, is set to nothing. A runner cannot unset. */
  readonly unsetPrevious: boolean
  /** As in gatherEnvironment: an earlier step may have exported what only this list allows. */
  readonly allowNames: readonly string[]
  /** As on Windows, where `Path` is `PATH`. */
  readonly ignoreCase: boolean
}

export interface EnvironmentPlan {
  /** Everything to write, in order: what is set to nothing, the variables, and the list that the next step reads. */
  readonly pairs: readonly (readonly [name: string, value: string])[]
  readonly emptied: readonly string[]
  /** Names that had another value and have ours now; kept ones have theirs still. */
  readonly replaced: readonly string[]
  readonly kept: readonly string[]
}

/**
 * Decides what to write to the environment of later steps, when that has variables already. An empty variable is none.
 *
 * @throws SealwardError exists, naming all variables in conflict, when that is what conflicts are
 */
export function planEnvironment(request: PlanRequest): EnvironmentPlan {
  const { variables, unsetPrevious } = request
  const existing = lookup(request)
  const previous = readExported(existing(EXPORTED_NAME), request.allowNames)
  const ours = namesLike(previous, request)
  const conflicting = [...variables].filter(
    ([name, value]) => isOther(existing(name), value) && !(unsetPrevious && ours(name)),
  )
  const conflicts = conflicting.map(([name]) => name)
  if (conflicts.length > 0 && request.onConflict === 'error') throw conflict(conflicts)
  const kept = request.onConflict === 'keep' ? conflicts : []
  const exported = [...variables].filter(([name]) => !kept.includes(name))
  const names = exported.map(([name]) => name)
  const isExported = namesLike(names, request)
  const others = previous.filter((name) => !isExported(name))
  const emptied = unsetPrevious ? others.filter((name) => existing(name)) : []
  const listed = [...(unsetPrevious ? [] : others), ...names]
  return {
    pairs: [...emptied.map((name) => [name, ''] as const), ...exported, [EXPORTED_NAME, printExported(listed)]],
    emptied,
    replaced: request.onConflict === 'replace' ? conflicts : [],
    kept,
  }
}

function isOther(existing: string | undefined, value: string): boolean {
  return existing !== undefined && existing !== '' && existing !== value
}

function lookup({ existing, ignoreCase }: PlanRequest): (name: string) => string | undefined {
  const fold = folding(ignoreCase)
  const values = new Map(Object.entries(existing).map(([name, value]) => [fold(name), value]))
  return (name) => values.get(fold(name))
}

function namesLike(names: ExportedNames, { ignoreCase }: PlanRequest): (name: string) => boolean {
  const fold = folding(ignoreCase)
  const known = new Set(names.map(fold))
  return (name) => known.has(fold(name))
}

function folding(ignoreCase: boolean): (name: string) => string {
  return ignoreCase ? (name) => name.toUpperCase() : (name) => name
}

function conflict(names: readonly string[]): SealwardError {
  return new SealwardError('exists', `the job has ${names.join(', ')} already, with other values`, {
    hint: 'leave them out with except, export under a prefix, or say on-conflict: keep or replace',
  })
}
