import { askLines } from './git.ts'

/** Which part of history: full ids, `^` before those whose history is left out, then options of rev-list such as `--all`. */
export type Revisions = readonly string[]

const ID = /^\^?[0-9a-f]{40,64}$/

/** Asks rev-list. Ids go by its input: a command line holds 32 KiB on Windows, and there may be thousands. */
export function askRevisions(options: readonly string[], revisions: Revisions): AsyncGenerator<string> {
  const ids = revisions.filter((word) => ID.test(word))
  const rest = revisions.filter((word) => !ID.test(word))
  return askLines(['rev-list', ...options, '--stdin', ...rest], { input: ids.map((id) => `${id}\n`) })
}
