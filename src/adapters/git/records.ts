import { SealwardError } from '../../core/errors.ts'

/** One record of `git diff --raw -z --no-renames --no-abbrev`: what HEAD has at a path, and what the index has. */
export interface RawChange {
  readonly path: string
  readonly oldMode: string
  readonly newMode: string
  readonly oldId: string
  readonly newId: string
  /** A, D, M, T, or U for a path with a conflict. */
  readonly status: string
}

/** One record of `git ls-files --stage -z`. */
export interface IndexEntry {
  readonly path: string
  readonly mode: string
  readonly id: string
}

const CHANGE = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])$/
const ENTRY = /^(\d{6}) ([0-9a-f]{40,64}) [0-3]\t(.+)$/s

/**
 * Reads the records. A path is its bytes as UTF-8; where it is not UTF-8 it is shown with replacement characters, which is
 * enough to judge by, because the content is asked for by id.
 *
 * @throws SealwardError git when the output is not of that form: a record that is not understood is not passed over
 */
export function parseRawDiff(output: Buffer): RawChange[] {
  const fields = splitFields(output)
  const changes: RawChange[] = []
  for (let at = 0; at < fields.length; at += 2) {
    const [, oldMode, newMode, oldId, newId, status] = CHANGE.exec(fields[at]!) ?? []
    const path = fields[at + 1]
    if (!oldMode || !newMode || !oldId || !newId || !status || !path) throw unexpected('diff')
    changes.push({ path, oldMode, newMode, oldId, newId, status })
  }
  return changes
}

/** @throws SealwardError git, as above */
export function parseIndex(output: Buffer): IndexEntry[] {
  return splitFields(output).map((field) => {
    const [, mode, id, path] = ENTRY.exec(field) ?? []
    if (!mode || !id || !path) throw unexpected('ls-files')
    return { path, mode, id }
  })
}

/** Every field ends with a NUL, the last one too: a cut output has a rest. */
function splitFields(output: Buffer): string[] {
  const fields = output.toString('utf8').split('\0')
  if (fields.pop() !== '') throw unexpected('')
  return fields
}

function unexpected(command: string): SealwardError {
  return new SealwardError('git', `git ${command} answered in a way that is not understood`.replace('  ', ' '))
}
