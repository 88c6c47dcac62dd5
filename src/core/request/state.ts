import * as v from 'valibot'
import { SealwardError } from '../errors.ts'
import { parseJson } from '../json.ts'
import { canonicalJson } from '../ledger/canonical.ts'
import { FORGOTTEN_MS, LONGEST_PAUSE_MS, pauseAfter, type Rate, takeToken } from './limits.ts'

/**
 * What is remembered of requests, from one run to the next. Ids and credentials come in by signed requests alone; sources are accounts that
 * GitHub vouches for and that may write to the repository. So nobody else can make it grow, and it has an end for them too.
 */
export interface RequestState {
  /** Of requests that were accepted: until when they would count, in milliseconds. */
  readonly ids: ReadonlyMap<string, number>
  /** When the bucket of a credential is full again. */
  readonly secrets: ReadonlyMap<string, number>
  readonly sources: ReadonlyMap<string, Source>
}

interface Source {
  readonly full: number
  /** Bad signatures in a row, and when the last one came. */
  readonly bad: number
  readonly last: number
}

/** What a request uses up. */
export interface Claim {
  readonly id: string
  /** Until when the id is kept. */
  readonly until: number
  readonly secret: string
  /** The number of the account; null where it is not known. */
  readonly source: string | null
}

export interface RequestLimits {
  readonly perSource: Rate
  readonly perSecret: Rate
}

export const STATE_BYTES = 256 * 1024
const MOST = { ids: 1000, secrets: 1000, sources: 200 }
const EMPTY: RequestState = { ids: new Map(), secrets: new Map(), sources: new Map() }

const NEW_SOURCE: Source = { full: 0, bad: 0, last: 0 }

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Pairs, and no map of JSON: a map has names that are taken (`constructor`). */
const table = <const S extends v.GenericSchema>(name: RegExp, value: S) =>
  v.pipe(
    v.array(v.tuple([v.pipe(v.string(), v.regex(name)), value])),
    v.transform((pairs) => new Map(pairs)),
  )
const StateText = v.strictObject({
  v: v.literal(1),
  ids: table(/^[A-Za-z0-9_-]{8,64}$/, time),
  secrets: table(/^[a-z0-9][a-z0-9-]{0,63}$/, time),
  sources: table(/^[0-9]{1,16}$/, v.strictObject({ full: time, bad: time, last: time })),
})

/** @throws SealwardError malformed: what was remembered must not be forgotten by damage */
export function readState(bytes: Uint8Array | null): RequestState {
  if (bytes === null) return EMPTY
  const read = v.safeParse(StateText, parseJson(bytes))
  if (read.success) {
    const { ids, secrets, sources } = read.output
    return { ids, secrets, sources }
  }
  throw new SealwardError('malformed', 'what is remembered of requests cannot be read', {
    hint: 'nothing is accepted meanwhile; after a look at who wrote it: git push origin :refs/sealward/requests',
  })
}

/** @param now what does not count any more is left out */
export function printState(state: RequestState, now: number): Uint8Array {
  const { ids, secrets, sources } = pruned(state, now)
  const members = {
    v: 1,
    ids: [...ids],
    secrets: [...secrets],
    sources: [...sources].map(([id, own]) => [id, { ...own }]),
  }
  return Buffer.from(`${canonicalJson(members)}\n`)
}

/** Whether nothing is taken from a source now. One that is not known has no memory, and no pause. */
export function isPaused({ sources }: RequestState, source: string | null, now: number): boolean {
  const { bad, last } = (source === null ? undefined : sources.get(source)) ?? NEW_SOURCE
  // A time of the future is not of ours.
  return now - last < Math.min(pauseAfter(bad), LONGEST_PAUSE_MS) && last <= now
}

/** @returns what is remembered after a request that nobody signed; null where nothing is, because the source is not known or there is no room */
export function withBad(state: RequestState, source: string | null, now: number): RequestState | null {
  if (source === null) return null
  const kept = pruned(state, now)
  const before = kept.sources.get(source)
  if (before === undefined && kept.sources.size >= MOST.sources) return null
  const { full, bad } = before ?? NEW_SOURCE
  return { ...kept, sources: new Map(kept.sources).set(source, { full, bad: bad + 1, last: now }) }
}

/** @returns what is remembered after a good request, or why it is refused for the sake of others */
export function claim(
  state: RequestState,
  { id, until, secret, source }: Claim,
  { limits: { perSource, perSecret }, now }: { readonly limits: RequestLimits; readonly now: number },
): RequestState | 'replayed' | 'rate-limited' {
  const { ids, secrets, sources } = pruned(state, now)
  if (ids.has(id)) return 'replayed'
  // An id that counts is never forgotten for another one.
  if (ids.size >= MOST.ids || secrets.size >= MOST.secrets) return 'rate-limited'
  const ofSecret = takeToken(secrets.get(secret) ?? 0, perSecret, now)
  const key = source ?? '0'
  const known = sources.get(key) ?? NEW_SOURCE
  const ofSource = takeToken(known.full, perSource, now)
  if (ofSecret === null || ofSource === null) return 'rate-limited'
  return {
    ids: new Map(ids).set(id, until),
    secrets: new Map(secrets).set(secret, Math.ceil(ofSecret)),
    sources: new Map(sources).set(key, { full: Math.ceil(ofSource), bad: 0, last: 0 }),
  }
}

function pruned({ ids, secrets, sources }: RequestState, now: number): RequestState {
  const alive = <Value>(map: ReadonlyMap<string, Value>, counts: (value: Value) => boolean) =>
    new Map([...map].filter(([, value]) => counts(value)))
  return {
    ids: alive(ids, (until) => until > now),
    secrets: alive(secrets, (full) => full > now),
    sources: alive(sources, ({ full, bad, last }) => full > now || (bad > 0 && now - last < FORGOTTEN_MS)),
  }
}
