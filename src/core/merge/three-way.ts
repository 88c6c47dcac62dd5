/** The last common state and what two branches made of it. */
export interface ThreeWay<T> {
  readonly base: T
  readonly ours: T
  readonly theirs: T
}

/** The side whose state counts: ours, where both have the same. */
export type Choice = 'ours' | 'theirs' | 'conflict'

/** The rule of every three-way merge: what one side alone changed counts, and what both changed alike. */
export function choose<T>({ base, ours, theirs }: ThreeWay<T>, equal: (one: T, other: T) => boolean): Choice {
  if (equal(ours, theirs) || equal(theirs, base)) return 'ours'
  return equal(ours, base) ? 'theirs' : 'conflict'
}

/** What both sides together have of a set: all that the base had and nobody took away, and all that somebody added. */
export function mergeSets({ base, ours, theirs }: ThreeWay<readonly string[]>): string[] {
  const [before, mine, others] = [new Set(base), new Set(ours), new Set(theirs)]
  return [...new Set([...ours, ...theirs])].filter((item) => (mine.has(item) && others.has(item)) || !before.has(item))
}

/** Does something to each of the three. */
export async function mapThree<T, U>(three: ThreeWay<T>, work: (item: T) => U | Promise<U>): Promise<ThreeWay<U>> {
  return { base: await work(three.base), ours: await work(three.ours), theirs: await work(three.theirs) }
}
