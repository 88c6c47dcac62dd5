import type { Git } from './git.ts'

/** A commit of the branch that counts, the newest first, and what it has at some paths: the id of the blob, or null. */
export interface Arrived {
  readonly at: Date
  readonly ids: ReadonlyMap<string, string | null>
}

/** A rotation that waits for longer has a person look at it anyway. */
export const MOST_COMMITS = 2000
export interface ParentsQuestion {
  readonly tip: string
  /** Where to stop; null to go as far as there are commits here. */
  readonly fork: string | null
  readonly paths: readonly string[]
  /** Of commits; `MOST_COMMITS` when absent. */
  readonly most?: number
}

const MOST_BYTES = 16 * 1024 * 1024

/**
 * The first parents of a commit back to another one: on a branch that is merged into, they are what the branch was, however it was merged.
 */
export async function firstParents(
  git: Git,
  { tip, fork, paths, most = MOST_COMMITS }: ParentsQuestion,
): Promise<readonly Arrived[]> {
  const range = fork === null ? [tip] : [tip, `^${fork}`]
  const args = ['rev-list', '--first-parent', '--timestamp', `--max-count=${most}`, ...range]
  const commits = lines(await git.ask(args)).map((line) => line.split(' '))
  const asked = commits.flatMap(([, commit]) => paths.map((path) => `${commit}:${path}`))
  const answers = await idsOf(git, asked)
  return commits.map(([seconds], at) => ({
    at: new Date(Number(seconds) * 1000),
    ids: new Map(paths.map((path, nth) => [path, answers[at * paths.length + nth] ?? null])),
  }))
}

/** Since when a path has had what it has: the last of the commits that have it, from the first that does. */
export function sinceWhen(
  chain: readonly Arrived[],
  path: string,
  id: string,
): { readonly at: Date; readonly isLast: boolean } | null {
  const first = chain.findIndex(({ ids }) => ids.get(path) === id)
  if (first === -1) return null
  const after = chain.findIndex(({ ids }, at) => at > first && ids.get(path) !== id)
  return { at: chain.at(after === -1 ? -1 : after - 1)!.at, isLast: after === -1 }
}

/** git ends a line at a line end alone, and no path of a credential has one: sealward.yml takes none. */
async function idsOf(git: Git, names: readonly string[]): Promise<(string | null)[]> {
  if (names.length === 0) return []
  const input = `${names.join('\n')}\n`
  const printed = await git.ask(['cat-file', '--batch-check=%(objecttype) %(objectname)'], {
    input,
    maxBytes: MOST_BYTES,
  })
  return lines(printed).map((line) => /^blob ([0-9a-f]+)$/.exec(line)?.[1] ?? null)
}

function lines(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n').filter(Boolean)
}
