import type { SealwardError } from '../../../core/errors.ts'
import { cleanLog } from '../../../core/scan/leaks/clean-log.ts'
import { OF_ARTIFACTS, OF_LOGS } from '../../../core/scan/leaks/places.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import type { Artifact, Artifacts, Job, Runs } from '../../world/github.ts'
import type { Archives } from '../../world/scan/archive.ts'
import type { PlaceReader, ScanItem, ScanPlace, Unread } from '../../world/scan/source.ts'
import type { Clock } from '../../world.ts'
import { openingArchives } from '../scan/opened-reader.ts'
import { GONE, RunFetcher, sayTooLarge } from './run-fetcher.ts'
import { tellName } from './tell-name.ts'

export interface RunTextsRequest {
  readonly run: number
  readonly logs: boolean
  readonly artifacts: boolean
  /** By which names are judged: what holds a secret is not told. */
  readonly rules: readonly ScanRule[]
}

export interface RunTextsWorld {
  readonly runs: Pick<Runs, 'jobs' | 'log'>
  readonly artifacts: Artifacts
  readonly archives: Archives
  readonly clock: Clock
  /** The largest file that a download gives. */
  readonly largest: number
  /** Cuts a text into pieces that fit into memory. */
  pieces(bytes: Uint8Array, path: string): AsyncIterable<ScanItem>
  /** Is told what could not be fetched although it is there: what was found is not the whole answer then. */
  failed(error: SealwardError): void
}

/** A log is judged as a file of this name, whatever the job is called: `x/.env` and `test` are names of jobs too. */
const LOG_NAME = 'job.log'

/**
 * What a run left behind, logs before artifacts: each is fetched, read in memory and forgotten. Artifacts of a run that a fork caused are
 * the fork's to choose: nothing of them is written, followed or run. What cannot be fetched keeps nobody from the rest.
 */
export async function* runTexts(request: RunTextsRequest, world: RunTextsWorld): AsyncGenerator<ScanItem | Unread> {
  const { run, logs, artifacts, rules } = request
  const looking = { fetcher: new RunFetcher(world), rules, world }
  if (logs) yield* textsOfAll('logs', () => world.runs.jobs(run), textsOfLog, looking)
  if (artifacts) yield* textsOfAll('artifacts', () => world.artifacts.list(run), textsOfArtifact, looking)
}

interface Looking {
  readonly fetcher: RunFetcher
  readonly rules: readonly ScanRule[]
  readonly world: RunTextsWorld
}

type Texts = AsyncGenerator<ScanItem | Unread>
async function* textsOfAll<T>(
  what: string,
  list: () => Promise<readonly T[]>,
  textsOf: (one: T, looking: Looking) => Texts,
  looking: Looking,
): Texts {
  const all = await looking.fetcher.ask(list)
  if (typeof all === 'string') return yield unread(what, all)
  for (const one of all) yield* textsOf(one, looking)
}

async function* textsOfLog(job: Job, { fetcher, rules, world }: Looking): Texts {
  // It never began, so nothing printed anything.
  if (job.conclusion === 'skipped') return
  const told = await tellName({ name: job.name, before: OF_LOGS, otherwise: `job ${job.id}` }, rules)
  if (told.secret !== null) yield told.secret
  const path = `${told.path}${job.attempt > 1 ? ` (attempt ${job.attempt})` : ''}`
  if (job.status !== 'completed') return yield unread(path, 'is not finished, and has no log before it is')
  const log = await fetcher.fetch(() => world.runs.log(job.id))
  if (typeof log === 'string') return yield unread(path, log)
  for await (const item of world.pieces(cleanLog(log), path))
    yield { ...item, archived: { archive: item.place, name: LOG_NAME } }
}

async function* textsOfArtifact({ id, name, bytes: size, expired }: Artifact, looking: Looking): Texts {
  const { fetcher, rules, world } = looking
  const { path, secret } = await tellName({ name, before: OF_ARTIFACTS, otherwise: `number ${id}` }, rules)
  if (secret !== null) yield secret
  if (expired) return yield unread(path, GONE)
  if (size > world.largest) return yield unread(path, sayTooLarge(world.largest))
  const bytes = await fetcher.fetch(() => world.artifacts.download(id))
  if (typeof bytes === 'string') return yield unread(path, bytes)
  let count = 0
  for await (const one of openedFrom(bytes, path, world)) {
    count += 1
    // What is no archive, or none that can be opened, is a text of any length.
    if (one.kind === 'item' && one.archived === undefined) yield* world.pieces(one.bytes, path)
    else yield* withToldName(one, { path, otherwise: `(file ${count})` }, rules)
  }
}

/** The same, called by its name in the artifact when that can be told. */
async function* withToldName(
  one: ScanItem | Unread,
  { path, otherwise }: { readonly path: string; readonly otherwise: string },
  rules: readonly ScanRule[],
): Texts {
  const whole = one.kind === 'item' ? one.place.path : one.path
  if (whole === path) return yield one
  const before = `${path}!`
  const told = await tellName({ name: whole.slice(before.length), before, otherwise }, rules)
  if (told.secret !== null) yield told.secret
  yield one.kind === 'item' ? { ...one, place: { ...one.place, path: told.path } } : { ...one, path: told.path }
}

/** What is fetched is a file like any other, for whoever opens archives. */
function openedFrom(bytes: Uint8Array, path: string, { archives }: RunTextsWorld): AsyncIterable<ScanItem | Unread> {
  const place: ScanPlace = { kind: 'place', path }
  const fetched: PlaceReader = {
    async *read() {
      yield { kind: 'item', place, bytes, size: bytes.length }
    },
    close() {},
  }
  return openingArchives(fetched, { archives, whole: fetched }).read([place])
}

function unread(path: string, why: string): Unread {
  return { kind: 'unread', path, why }
}
