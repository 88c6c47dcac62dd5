import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { StoredFiles } from '../../../tasks/world/git/repository.ts'
import { commitAt } from '../sources/change.ts'
import { openCommitted } from '../sources/committed-file.ts'

/** The stages of a path with a conflict, as `:1:path` names them. gitrevisions(7). */
const STAGES = { base: ':1', ours: ':2', theirs: ':3' } as const

/** Files in commits and in the index of the repository that this process is in; paths from its top. */
export function openStoredFiles(): StoredFiles {
  return {
    async at(revision, path) {
      const commit = /[\n\0]/.test(revision) || revision.startsWith('-') ? null : await commitAt(revision)
      if (commit === null) throw new SealwardError('not-found', 'git knows no such commit', { file: revision })
      return read(commit, path)
    },
    async conflicted(path) {
      const [base, ours, theirs] = [
        await read(STAGES.base, path),
        await read(STAGES.ours, path),
        await read(STAGES.theirs, path),
      ]
      return base === null && ours === null && theirs === null ? null : { base, ours, theirs }
    },
  }
}

/** git is asked a question a line. */
async function read(tree: string, path: string): Promise<Uint8Array | null> {
  if (/[\n\0]/.test(path)) throw new SealwardError('unsupported', 'a path with a line break in it', { file: path })
  return openCommitted(tree).read(path, FILE_BYTES)
}
