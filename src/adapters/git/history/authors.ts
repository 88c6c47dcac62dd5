import type { Authors } from '../../../tasks/world/git/history.ts'
import { askList, unexpected } from '../sources/plumbing/git.ts'

const COMMAND = ['log', '--stdin', '--no-walk=unsorted', '--no-show-signature', '--format=%H %an']

/** The authors of commits of the repository that this process is in. */
export function openAuthors(): Authors {
  return {
    async of(commits) {
      if (commits.length === 0) return new Map()
      const lines = await askList(COMMAND, { input: commits.map((id) => `${id}\n`) })
      return new Map(
        lines.map((line) => {
          const [, id, name] = /^([0-9a-f]{40,64}) (.*)$/.exec(line) ?? []
          if (id === undefined || name === undefined) throw unexpected(COMMAND)
          return [id, name]
        }),
      )
    },
  }
}
