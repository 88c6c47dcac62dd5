import type { HistoryCommit } from '../../src/core/check/history/commit.ts'
import { SealwardError } from '../../src/core/errors.ts'
import { idOf } from '../../src/core/trust/git-object.ts'
import type { FileHistory } from '../../src/tasks/world/git/history.ts'

/** A commit of a history in a line: what it writes. */
export interface MemoryCommit {
  readonly date: Date
  readonly files: Readonly<Record<string, Uint8Array>>
}

/** A history of these commits, the oldest first; with `isShallow` there were others before. */
export function memoryHistory(made: readonly MemoryCommit[], isShallow = false): FileHistory {
  const blobs = new Map<string, Uint8Array>()
  const seen = new Set<string>()
  const all = made.map(({ date, files }, at): HistoryCommit => {
    const changes = Object.entries(files).map(([path, bytes]) => {
      const id = idOf('blob', bytes, '')
      blobs.set(id, bytes)
      const isNew = !seen.has(path)
      seen.add(path)
      return { path, id, isNew }
    })
    return {
      id: `c${at}`,
      parents: at === 0 ? [] : [`c${at - 1}`],
      date,
      isCut: isShallow && at === 0,
      changes,
      gone: [],
    }
  })
  return {
    follow: async (paths) => ({
      isShallow,
      commits: all.map((commit) => ({ ...commit, changes: commit.changes.filter(({ path }) => paths.includes(path)) })),
    }),
    async *read(ids) {
      for (const name of ids) {
        const bytes = blobs.get(name) ?? null
        yield { name, bytes, size: bytes?.length ?? 0 }
      }
    },
  }
}

/** What git says outside of a repository. */
export const NO_HISTORY: FileHistory = {
  async follow() {
    throw new SealwardError('git', 'this is no repository')
  },
  async *read() {},
}
