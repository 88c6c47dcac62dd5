import type { FileHistory } from '../../world/git/history.ts'
import type { Clock, Teller } from '../../world.ts'
import { Progress } from '../scan/progress.ts'

/** The same history; whoever waits while many old versions are read gets a line now and then. */
export function countingVersions(
  history: FileHistory,
  world: { readonly clock: Clock; readonly teller: Pick<Teller, 'note'> },
): FileHistory {
  const progress = new Progress('versions of encrypted files', world)
  return {
    follow: (paths) => history.follow(paths),
    async *read(ids) {
      for await (const blob of history.read(ids)) {
        progress.add({ count: 1, bytes: blob.size })
        yield blob
      }
    },
  }
}
