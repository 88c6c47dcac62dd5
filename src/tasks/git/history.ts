import { type TimelineEntry, timelineOf } from '../../core/diff/timeline.ts'
import { SealwardError } from '../../core/errors.ts'
import { followAll, readIdentities } from '../steps/ages/value-age.ts'
import { openVersionReader } from '../steps/ages/version-reader.ts'
import { settleQuotes } from '../steps/quotes.ts'
import type { Authors, FileHistory } from '../world/git/history.ts'
import type { Configs, Keys } from '../world.ts'

export interface HistoryRequest {
  readonly name: string
  /** From the top of the repository. */
  readonly path: string
  /** The same file as this process finds it. */
  readonly file: string
}

export interface HistoryWorld {
  readonly history: FileHistory
  readonly authors: Authors
  readonly configs: Configs
  readonly keys: Keys
}

export interface HistoryOutcome {
  /** Newest first. */
  readonly entries: readonly (TimelineEntry & { readonly author: string })[]
  /** What limits the answer. */
  readonly notes: readonly string[]
}

/**
 * When a variable of an encrypted file changed, and by whom, over everything that HEAD reaches and every name that the file had.
 *
 * @throws SealwardError not-found when no commit has the variable, git
 */
export async function history({ name, path, file }: HistoryRequest, world: HistoryWorld): Promise<HistoryOutcome> {
  const remarks: { readonly message: string }[] = []
  const reader = openVersionReader(world.history, await readIdentities(world.keys, remarks))
  const quotes = await settleQuotes(file, world.configs)
  const following = { history: world.history, reader, notes: remarks }
  const { history: followed, origins } = await followAll([{ path, quotes }], following)
  const recorded = { commits: followed?.commits ?? [], versions: reader.versions, origins }
  const found = timelineOf(name, path, recorded).toReversed()
  if (found.length === 0)
    throw new SealwardError('not-found', 'no commit has a variable of that name in this file', {
      file: path,
      hint: remarks[0]?.message ?? '`sealward list` shows the names that it has now',
    })
  const authors = await world.authors.of([...new Set(found.map(({ commit }) => commit))])
  const entries = found.map((entry) => ({ ...entry, author: authors.get(entry.commit) ?? '' }))
  const { sealed, missing } = reader.counts
  const notes = [
    ...remarks.map(({ message }) => message),
    ...(followed?.isShallow === true ? ['this is a shallow clone: older commits are not here'] : []),
    ...(sealed > 0 ? [`${sealed} versions were not opened: there, ciphertext is compared`] : []),
    ...(missing > 0 ? [`${missing} versions are not in this clone, or beyond what is read in one run`] : []),
  ]
  return { entries, notes }
}
