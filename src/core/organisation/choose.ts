import type { Glob } from '../glob/glob.ts'
import { matchesGlob } from '../glob/match.ts'

/** A repository as GitHub lists it, as far as choosing goes. */
export interface ListedRepository {
  /** `owner/name` */
  readonly name: string
  readonly private: boolean
  readonly archived: boolean
  /** By GitHub, for whatever reason: nothing of it can be fetched. */
  readonly disabled: boolean
  readonly fork: boolean
  /** KiB, as GitHub counts it now and then. */
  readonly size: number
}

/** Patterns of names without their owner. */
export interface Choice {
  /** Empty for all. */
  readonly include: readonly Glob[]
  readonly exclude: readonly Glob[]
  /** Whether repositories that not everybody sees count. */
  readonly private: boolean
}

/** Why somebody wants it left out; `private` is what this run may not speak of. */
export const LEFT_OUT = ['excluded', 'archived', 'disabled', 'fork'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

export interface Chosen {
  /** By name, each once. */
  readonly repositories: readonly ListedRepository[]
  /** Names by reason. */
  readonly left: Readonly<Record<LeftOut, readonly string[]>>
  /** How many are left out because they are private: their names go nowhere. */
  readonly hidden: number
}

const NAME = /^[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/

/** Whether a name is one that GitHub gives: it becomes part of addresses and of paths. */
export function isRepositoryName(name: string): boolean {
  return NAME.test(name)
}

/** @returns the repositories to look at; a list that changed while it was read may have one twice */
export function chooseRepositories(listed: readonly ListedRepository[], choice: Choice): Chosen {
  const left: Record<LeftOut, string[]> = { excluded: [], archived: [], disabled: [], fork: [] }
  const repositories: ListedRepository[] = []
  let hidden = 0
  for (const repository of eachOnce(listed)) {
    const reason = reasonOf(repository, choice)
    if (repository.private && !choice.private) hidden += 1
    else if (reason === null) repositories.push(repository)
    else left[reason].push(repository.name)
  }
  return { repositories, left, hidden }
}

function reasonOf({ name, archived, disabled, fork }: ListedRepository, { include, exclude }: Choice): LeftOut | null {
  const own = name.slice(name.indexOf('/') + 1)
  const isIncluded = include.length === 0 || include.some((glob) => matchesGlob(glob, own))
  if (!isIncluded || exclude.some((glob) => matchesGlob(glob, own))) return 'excluded'
  if (archived) return 'archived'
  if (disabled) return 'disabled'
  return fork ? 'fork' : null
}

function eachOnce(listed: readonly ListedRepository[]): ListedRepository[] {
  const byName = new Map(listed.filter(({ name }) => isRepositoryName(name)).map((one) => [one.name, one]))
  return [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
