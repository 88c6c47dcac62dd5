import { SealwardError } from '../../../core/errors.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { FileHistory } from '../../world/git/history.ts'

/** Reading sealward.yml takes some milliseconds, and a key that left longer ago than this is shown as a key. */
const MOST_VERSIONS = 200

export interface FormerQuestion {
  /** sealward.yml, from the top of the repository. */
  readonly file: string
  /** Recipients of files whom it does not know now. */
  readonly strangers: ReadonlySet<string>
}

/**
 * Finds who strangers were: their names in older versions of sealward.yml, the newest that has them.
 *
 * @throws SealwardError git when there is no history to read
 */
export async function findFormerMembers(
  { file, strangers }: FormerQuestion,
  history: FileHistory,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  if (strangers.size === 0) return names
  for await (const members of membersOverTime(file, history)) {
    for (const { name, keys } of members)
      for (const key of keys) if (strangers.has(key) && !names.has(key)) names.set(key, name)
    if (names.size === strangers.size) break
  }
  return names
}

/**
 * The members of each version of sealward.yml that git has, the newest first.
 *
 * @throws SealwardError git when there is no history to read
 */
export async function* membersOverTime(file: string, history: FileHistory): AsyncGenerator<Policy['members']> {
  const { commits } = await history.follow([file])
  const ids = commits.toReversed().flatMap(({ changes }) => changes.flatMap(({ id }) => id ?? []))
  const { parsePolicy } = await import('../../../core/policy/policy.ts')
  for await (const { bytes, size } of history.read([...new Set(ids)].slice(0, MOST_VERSIONS)))
    if (bytes !== null && bytes.length === size) yield membersIn(() => parsePolicy(bytes, file))
}

/** An older version may break the schema of today: it names nobody then. */
function membersIn(read: () => Policy): Policy['members'] {
  try {
    return read().members
  } catch (error) {
    if (error instanceof SealwardError) return []
    throw error
  }
}
