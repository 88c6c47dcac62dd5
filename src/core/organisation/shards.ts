import type { ListedRepository } from './choose.ts'

/** https://docs.github.com/actions/reference/limits: the jobs that a matrix makes in one run. */
export const MOST_SHARDS = 256

/** A job is paid for by the whole minute, and so many repositories take about one. With more than 10,240, each job has more. */
const EACH = 40

/** What looking at any repository costs, in KiB of its size: the start of a few programs and two answers of GitHub. */
const START = 2000

/**
 * Shares repositories out among jobs, the heaviest first, each to the job with the least to do. The same list gives the same jobs; no job
 * has more to do than another one by more than its own last repository.
 *
 * @returns names; no job is empty, and for no repository there is none
 */
export function shareOut(repositories: readonly ListedRepository[]): string[][] {
  const count = Math.min(MOST_SHARDS, Math.ceil(repositories.length / EACH))
  const shards = Array.from({ length: count }, () => ({ load: 0, names: [] as string[] }))
  for (const repository of repositories.toSorted(byWeight)) {
    const lightest = shards.reduce((least, shard) => (shard.load < least.load ? shard : least))
    lightest.load += weightOf(repository)
    lightest.names.push(repository.name)
  }
  return shards.map(({ names }) => names.toSorted())
}

/** What a repository counts for. */
export function weightOf({ size }: Pick<ListedRepository, 'size'>): number {
  return START + size
}

function byWeight(one: ListedRepository, other: ListedRepository): number {
  return weightOf(other) - weightOf(one) || (one.name < other.name ? -1 : 1)
}
