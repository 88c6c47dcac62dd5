import { resolve } from 'node:path'
import { openUnsettled } from '../../adapters/editor/unsettled.ts'
import { readGit } from '../../adapters/git/child.ts'
import { openAuthors } from '../../adapters/git/history/authors.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openStoredFiles } from '../../adapters/git/objects/stored-files.ts'
import { openDiffSettings } from '../../adapters/git/settings/diff-settings.ts'
import { openGitSettings } from '../../adapters/git/settings/git-settings.ts'
import type { Authors, FileHistory } from '../../tasks/world/git/history.ts'
import type { DiffSettings, GitSettings, StoredFiles, Unsettled } from '../../tasks/world/git/repository.ts'

/** What the commands round git's diffs and merges touch beyond the rest. */
export interface GitWorld {
  readonly stored: StoredFiles
  readonly diffs: DiffSettings
  readonly settings: GitSettings
  readonly unsettled: Unsettled
  readonly history: FileHistory
  readonly authors: Authors
}

const PATH_BYTES = 64 * 1024

/** The repository that this process is in. */
export function openGitWorld(): GitWorld {
  return {
    stored: openStoredFiles(),
    diffs: openDiffSettings(),
    settings: openGitSettings(),
    unsettled: openUnsettled(pointersFolder, process.env),
    history: openFileHistory(),
    authors: openAuthors(),
  }
}

/** Of this working tree: linked ones can have other conflicts in a file of the same name. */
async function pointersFolder(): Promise<string> {
  const answer = await readGit(['rev-parse', '--git-path', 'sealward-merges'], PATH_BYTES)
  return resolve(answer.toString('utf8').replace(/\n$/, ''))
}
