import { type Archive, beforeOf, isPlausible, judgeArchives, throughOf } from '../../../core/ledger/archive.ts'
import { bySequence, type Chain, followChain } from '../../../core/ledger/chain.ts'
import type { Entry } from '../../../core/ledger/entry.ts'
import { LEDGER_BYTES, LEDGER_FILE, type LedgerLine, readLedger } from '../../../core/ledger/ledger-file.ts'
import type { LedgerProblem } from '../../../core/ledger/problem.ts'
import { type Before, inOrder } from '../../../core/ledger/tree/sweep.ts'
import type { Files, Finder } from '../../world.ts'

/** Paths are from the top of the repository. */
export interface ReadWorld {
  readonly files: Pick<Files, 'read'>
  /** Below `.sealward`, with paths from there. */
  readonly finder: Finder
}

/** The ledger with its archives, as far as they are at hand. */
export interface ReadLedger {
  readonly lines: readonly LedgerLine[]
  readonly chain: Chain
  readonly archives: readonly Archive[]
  /** Everything that is at hand, in the order that counts. */
  readonly ordered: readonly Entry[]
  /** What was archived and is elsewhere; null where everything is at hand. */
  readonly missing: Before | null
  readonly problems: readonly LedgerProblem[]
  /** Every line, for who looks whether one is still there. */
  readonly texts: ReadonlySet<string>
}

/**
 * Reads the ledger and holds it together.
 *
 * @returns null where there is none
 * @throws SealwardError limit or io
 */
export async function readLedgerWhole(world: ReadWorld, now: Date): Promise<ReadLedger | null> {
  const bytes = await world.files.read(LEDGER_FILE, LEDGER_BYTES)
  if (bytes === null) return null
  const lines = readLedger(bytes)
  const older = await readArchives(world, now)
  const archived = older.archives.flatMap(({ entries }) => entries)
  const chain = followChain(lines, { archived, now })
  const judged = judge(older.archives, chain)
  return {
    ...{ lines, chain, archives: older.archives, missing: judged.missing },
    ordered: inOrder(judged.missing === null ? archived : [], chain.entries),
    problems: [...chain.problems, ...older.problems, ...judged.problems],
    texts: new Set([...older.texts, ...lines.map(({ text }) => text)]),
  }
}

interface ReadArchives {
  readonly archives: readonly Archive[]
  readonly problems: readonly LedgerProblem[]
  readonly texts: readonly string[]
}

/** Oldest first: each follows from those before it. */
async function readArchives({ files, finder }: ReadWorld, now: Date): Promise<ReadArchives> {
  const names = (await finder.find(['ledger-*.jsonl'])).filter((name) => throughOf(name) !== null)
  const archives: Archive[] = []
  const problems: LedgerProblem[] = []
  const texts: string[] = []
  for (const name of names.sort((one, other) => throughOf(one)! - throughOf(other)!)) {
    const file = `.sealward/${name}`
    const bytes = await files.read(file, LEDGER_BYTES)
    if (bytes === null) continue
    const lines = readLedger(bytes)
    const archived = archives.flatMap(({ entries }) => entries)
    const chain = followChain(lines, { archived, now, file })
    problems.push(
      ...chain.problems.filter(({ level, kind }) => level === 'fault' && (kind !== 'gap' || archives.length > 0)),
    )
    archives.push({ name, entries: chain.entries.toSorted(bySequence) })
    texts.push(...lines.map(({ text }) => text))
  }
  return { archives, problems, texts }
}

/** Holds every archive against the entry about it. Where one of them is elsewhere, none can be: the newest entry stands for them all. */
function judge(
  archives: readonly Archive[],
  { entries }: Chain,
): { missing: Before | null; problems: LedgerProblem[] } {
  const all = [...archives.flatMap((archive) => archive.entries), ...entries]
  const events = all.filter(({ event }) => event.kind === 'archived').sort(bySequence)
  const wrong = events.filter((entry) => !isPlausible(entry)).map(({ event }) => cannotBe(event.archive!))
  const absent = events.filter(({ event }) => archives.every(({ name }) => name !== event.archive))
  if (absent.length > 0) {
    const problems = [...wrong, ...absent.map(({ event }) => notHere(event.archive!, event.count!))]
    return { missing: beforeOf(entries), problems }
  }
  const problems = events.flatMap(({ event }) => {
    const upTo = archives.slice(0, archives.findIndex(({ name }) => name === event.archive) + 1)
    return judgeArchives(event, upTo) ?? []
  })
  return { missing: null, problems: [...wrong, ...problems] }
}

function notHere(name: string, count: number): LedgerProblem {
  return {
    ...{ kind: 'archive', level: 'notice', file: `.sealward/${name}` },
    message: `the archive is not here: that there were ${count} entries is taken from the entry about it`,
  }
}

function cannotBe(name: string): LedgerProblem {
  return {
    ...{ kind: 'archive', level: 'fault', file: `.sealward/${name}` },
    message: 'the entry about the archive claims what cannot be',
  }
}
