import type { HistoryCommit } from '../../../core/check/history/commit.ts'
import { isEncryptedFile } from '../../../core/envelope/file.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import { LEDGER_FILE } from '../../../core/ledger/ledger-file.ts'
import { digestOf } from '../../../core/ledger/marks.ts'
import { type LedgerProblem, short } from '../../../core/ledger/problem.ts'
import { judgeRepository } from '../../../core/ledger/repository.ts'
import type { FileHistory } from '../../world/git/history.ts'
import type { ScanSource } from '../../world/scan/source.ts'
import { listFiles } from '../check/list-files.ts'
import type { ReadLedger, ReadWorld } from './read.ts'

export interface RepositoryWorld extends ReadWorld {
  /** The files of the repository. */
  readonly source: ScanSource
  readonly history: FileHistory
}

/** Two thousand versions of a file of 100 KiB. */
const MOST_BYTES = 256 * 1024 * 1024
const SEQUENCE = /"seq":([0-9]{1,15})[,}]/

/**
 * Holds the ledger against what git has: files that changed, and older versions of the ledger itself.
 *
 * @throws SealwardError git and io
 */
export async function compareWithRepository(ledger: ReadLedger, world: RepositoryWorld): Promise<LedgerProblem[]> {
  const { sealed } = await listFiles(world.source, [])
  const mentioned = ledger.ordered.flatMap(({ event }) => event.files ?? []).map(({ path }) => path)
  const paths = [...new Set([...sealed, ...mentioned])]
  const followed = await follow([...paths, LEDGER_FILE], world.history)
  if (typeof followed === 'string') return [notCompared(followed)]
  const digests = await readDigests(followed, world.history)
  const onDisk = await digestsOnDisk(paths, world)
  const since = ledger.missing === null ? null : (ledger.ordered[0]?.time ?? null)
  const state = { commits: followed, digests: digests.of, onDisk, since }
  return [
    ...judgeRepository(ledger.ordered, state),
    ...(await findRewritten(followed, ledger, world.history)),
    ...(digests.missing > 0
      ? [notCompared(`${digests.missing} contents are not in this clone, or are beyond 256 MiB`)]
      : []),
  ]
}

/** @returns in words why there is no history to compare with */
async function follow(paths: readonly string[], history: FileHistory): Promise<readonly HistoryCommit[] | string> {
  try {
    const { commits, isShallow } = await history.follow(paths)
    return isShallow ? 'this clone is shallow' : commits
  } catch (error) {
    if (error instanceof SealwardError && error.code === 'git') return 'there is no git history here'
    throw error
  }
}

async function readDigests(commits: readonly HistoryCommit[], history: FileHistory) {
  const of = new Map<string, string>()
  let [left, missing] = [MOST_BYTES, 0]
  for await (const { name, bytes, size } of history.read(idsOf(commits, (path) => path !== LEDGER_FILE))) {
    left -= size
    if (bytes === null || bytes.length < size || left < 0) missing += 1
    else if (isEncryptedFile(bytes)) of.set(name, digestOf(bytes))
  }
  return { of, missing }
}

async function digestsOnDisk(paths: readonly string[], { files }: RepositoryWorld): Promise<Map<string, string>> {
  const digests = new Map<string, string>()
  for (const path of paths) {
    const bytes = await files.read(path, FILE_BYTES)
    if (bytes !== null && isEncryptedFile(bytes)) digests.set(path, digestOf(bytes))
  }
  return digests
}

/** Finds lines that an older version of the ledger has and neither it nor its archives have now: it only ever grows. */
async function findRewritten(
  commits: readonly HistoryCommit[],
  { texts, missing, chain }: ReadLedger,
  history: FileHistory,
): Promise<LedgerProblem[]> {
  // What was archived and is elsewhere need not be here.
  const through =
    missing === null ? 0 : chain.entries.reduce((most, { event }) => Math.max(most, event.through ?? 0), 0)
  const gone = new Set<string>()
  let newest: string | null = null
  let [left, partly] = [MOST_BYTES, false]
  for await (const { name, bytes, size } of history.read(idsOf(commits, (path) => path === LEDGER_FILE).reverse())) {
    left -= bytes?.length ?? 0
    if (bytes === null || bytes.length < size || left < 0) partly = true
    if (left < 0) break
    // Of a version that was not read whole, the last line may be a part of one.
    const lines = Buffer.from(bytes ?? [])
      .toString('utf8')
      .replaceAll('\r\n', '\n')
      .split('\n')
      .slice(0, -1)
    for (const line of lines) {
      if (texts.has(line) || Number(SEQUENCE.exec(line)?.[1] ?? 0) <= through) continue
      gone.add(line)
      newest ??= name
    }
  }
  const rest = partly ? [notCompared('versions of the ledger are larger than 8 MiB each, or 256 MiB in all')] : []
  if (newest === null) return rest
  const commit = commits.findLast(({ changes }) => changes.some(({ id }) => id === newest))
  const message = `${gone.size} entries of git's history are gone; commit ${short(commit?.id ?? '')} is the last that has one`
  return [
    { kind: 'rewritten', level: 'fault', file: LEDGER_FILE, message, fix: 'restore them from git history' },
    ...rest,
  ]
}

function idsOf(commits: readonly HistoryCommit[], isAsked: (path: string) => boolean): string[] {
  const changes = commits.flatMap((commit) => commit.changes)
  return [...new Set(changes.flatMap(({ path, id }) => (id !== null && isAsked(path) ? [id] : [])))]
}

function notCompared(why: string): LedgerProblem {
  const message = `the ledger was not held against git, or not against all of it: ${why}`
  return { kind: 'unrecorded', level: 'notice', file: LEDGER_FILE, message }
}
