import { SealwardError } from '../../../../core/errors.ts'

/** One path that a commit changed, against its parent, or for a merge against all of its parents. */
export interface LoggedChange {
  readonly path: string
  /** The name's bytes, where they are not UTF-8. */
  readonly rawPath?: Uint8Array
  /** `000000` where the path is gone. */
  readonly mode: string
  readonly id: string
  /** What the parents have there, in their order; without those that have nothing. */
  readonly before: readonly string[]
}

export interface LoggedCommit {
  readonly id: string
  readonly changes: readonly LoggedChange[]
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const MODE = /^\d{6}$/
const NO_ID = /^0+$/
const NUL = 0
const COLON = 0x3a
const REPLACEMENT = '\ufffd'

/**
 * Reads what `git diff-tree --stdin --always -r -c --raw -z --no-abbrev` prints: a field with a commit's id, then for each path a field
 * `:<mode> <mode> <id> <id> <status>` (with one more colon, mode and id for each further parent) and a field with the path.
 *
 * @throws SealwardError git when it is not of that form, or ends in the middle
 */
export async function* readRawLog(output: AsyncIterable<Buffer>): AsyncGenerator<LoggedCommit> {
  let commit: string | null = null
  let changes: LoggedChange[] = []
  let record: Buffer | null = null
  for await (const field of splitFields(output)) {
    if (record !== null) {
      changes.push(readChange(record.toString('latin1'), field))
      record = null
    } else if (field[0] === COLON && commit !== null) record = field
    else {
      if (commit !== null) yield { id: commit, changes }
      commit = field.toString('latin1')
      if (!ID.test(commit)) throw unexpected()
      changes = []
    }
  }
  if (record !== null) throw unexpected()
  if (commit !== null) yield { id: commit, changes }
}

/** A path's bytes as text, with the bytes themselves where they are not UTF-8. */
export function readPath(bytes: Uint8Array): { readonly path: string; readonly rawPath?: Uint8Array } {
  const path = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  if (!path.includes(REPLACEMENT) || Buffer.from(path).equals(bytes)) return { path }
  return { path, rawPath: Uint8Array.from(bytes) }
}

/** @throws SealwardError git when the last field has no end */
export async function* splitFields(output: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of output) {
    let from = 0
    for (let end = chunk.indexOf(NUL); end >= 0; end = chunk.indexOf(NUL, from)) {
      const part = chunk.subarray(from, end)
      yield rest.length === 0 ? part : Buffer.concat([rest, part])
      rest = Buffer.alloc(0)
      from = end + 1
    }
    if (from < chunk.length) rest = Buffer.concat([rest, chunk.subarray(from)])
  }
  if (rest.length > 0) throw unexpected()
}

function readChange(record: string, path: Buffer): LoggedChange {
  const parents = record.lastIndexOf(':') + 1
  const words = record.slice(parents).split(' ')
  const modes = words.slice(0, parents + 1)
  const ids = words.slice(parents + 1, 2 * parents + 2)
  const whole = words.length === 2 * parents + 3 && modes.every((mode) => MODE.test(mode))
  if (!whole || !ids.every((id) => ID.test(id)) || path.length === 0) throw unexpected()
  return {
    ...readPath(path),
    mode: modes.at(-1)!,
    id: ids.at(-1)!,
    before: ids.slice(0, -1).filter((id) => !NO_ID.test(id)),
  }
}

function unexpected(): SealwardError {
  return new SealwardError('git', 'git diff-tree answered in a way that is not understood')
}
