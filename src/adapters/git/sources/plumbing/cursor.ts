import type { WalkedCommit } from './commits.ts'
import type { RepositoryFacts } from './facts.ts'
import { typesOf } from './listed-objects.ts'
import { askRevisions } from './revisions.ts'

/** A hundred thousand branches would be more than a command line holds. */
const MAX_TIPS = 1000
const CURSOR = /^1:(whole|[0-9a-f]{16}):([0-9a-f]{40,64}(?:,[0-9a-f]{40,64})*)$/

/**
 * The commits from which everything that is done can be reached: of those done, the ones without a child that is done. Because parents
 * come before children, whatever these reach is done too; so it stays true when branches move between two scans.
 */
export class Frontier {
  readonly tips: Set<string>

  constructor(tips: readonly string[]) {
    this.tips = new Set(tips)
  }

  add({ id, parents }: Pick<WalkedCommit, 'id' | 'parents'>): void {
    for (const parent of parents) this.tips.delete(parent)
    this.tips.add(id)
  }
}

export function formatCursor({ beginning }: RepositoryFacts, { tips }: Frontier): string {
  return `1:${beginning}:${[...tips].slice(-MAX_TIPS).join(',')}`
}

/**
 * @returns the ids of commits that are done. Null when the cursor is of another form; when history began elsewhere at that time, because
 * with an older beginning there are commits below the done ones that nobody has looked at; and when a commit that was done then is reached
 * by no ref any more, because what was found there is not in this history
 */
export async function readCursor(cursor: string, { beginning }: RepositoryFacts): Promise<string[] | null> {
  const [, began, list] = CURSOR.exec(cursor) ?? []
  if (began !== beginning || list === undefined) return null
  const tips = list.split(',').slice(0, MAX_TIPS)
  const known = await typesOf(tips)
  if (!known.every(({ type }) => type === 'commit')) return null
  for await (const count of askRevisions(['--count'], [...tips, '--not', '--all'])) if (count !== '0') return null
  return tips
}
