import { createHash } from 'node:crypto'
import { SealwardError } from '../errors.ts'
import { ifReadable } from '../if-readable.ts'
import type { Actor } from './actor.ts'
import { canonicalMembers, type Json } from './canonical.ts'
import { type AnyEvent, isCount, isEvent, isHash, isMap, isText, type LedgerEvent } from './event.ts'

/** An entry of the ledger: what was done, by whom and when, and which entries came before it. docs/ledger.md section 2. */
export interface Entry {
  /** SHA-256 of everything else in it, so of all that came before too. */
  readonly id: string
  /** None for the first entry, several for one that joins branches. */
  readonly parents: readonly string[]
  /** One more than the highest of its parents. */
  readonly seq: number
  readonly time: Date
  readonly by: Actor
  readonly event: AnyEvent
}

/** How long a line may be, in bytes and without its end. */
export const LINE_BYTES = 64 * 1024
export const MAX_PARENTS = 64
const VERSION = 1
const OWN = new Set(['v', 'id', 'parents', 'seq', 'time', 'by'])
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
/** RFC 6962 section 2.1: a leaf is hashed apart from a node, so that none is taken for the other. */
const LEAF = Uint8Array.of(0)

/** Why a line is no entry: it cannot be read, or its id is that of another one. */
export interface BadEntry {
  readonly kind: 'malformed' | 'altered'
  /** Behind "the line". */
  readonly why: string
  /** The id that it states, where it has one: what follows it names that. */
  readonly id: string | null
}

export interface Draft {
  readonly event: LedgerEvent
  readonly parents: readonly Pick<Entry, 'id' | 'seq'>[]
  readonly time: Date
  readonly by: Actor
}

/**
 * Makes the next entry.
 *
 * @returns the entry, and its line without a line end
 * @throws SealwardError limit where it would be too long, malformed where the event is none
 */
export function makeEntry({ event, parents, time, by }: Draft): { readonly entry: Entry; readonly line: string } {
  const seq = 1 + Math.max(0, ...parents.map((parent) => parent.seq))
  const ids = parents.map(({ id }) => id)
  const body = { ...event, v: VERSION, parents: ids, seq, time: time.toISOString(), by } as unknown as Fields
  const id = idOf(canonicalMembers(body))
  const line = `{${canonicalMembers({ ...body, id }).join(',')}}`
  if (Buffer.byteLength(line) > LINE_BYTES)
    throw new SealwardError('limit', `an entry of the ledger would be longer than ${LINE_BYTES} bytes`)
  const read = readEntry(line)
  if (!isEntry(read)) throw new SealwardError('malformed', `an entry of the ledger ${read.why}`)
  return { entry: read, line }
}

/**
 * Reads a line. Only the canonical spelling of an entry is one, so that two lines never say the same.
 *
 * Never throws, and repeats nothing of the line.
 */
export function readEntry(line: string): Entry | BadEntry {
  const fields = parse(line)
  if (fields === null) return { kind: 'malformed', why: 'is not a map of JSON', id: null }
  const id = isHash(fields.id) ? fields.id : null
  const members = ifReadable(() => canonicalMembers(fields))
  if (members === null || `{${members.join(',')}}` !== line)
    return { kind: 'malformed', why: 'is not in the canonical form of RFC 8785', id }
  if (id === null || !hasShape(fields)) return { kind: 'malformed', why: 'is not an entry of this version', id }
  const own = `"id":"${id}"`
  if (idOf(members.filter((member) => member !== own)) !== id)
    return { kind: 'altered', why: 'was altered: it is not what its id was made of', id }
  const event = Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN.has(name))) as unknown as AnyEvent
  const { parents, seq, time, by } = fields as unknown as Entry & { readonly time: string }
  return { id, parents, seq, time: new Date(time), by, event }
}

export function isEntry(read: Entry | { readonly why: string }): read is Entry {
  return !('why' in read)
}

type Fields = { readonly [name: string]: Json }

/** @returns null for what is no map */
function parse(line: string): Fields | null {
  try {
    const value = JSON.parse(line) as Json
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

function idOf(members: readonly string[]): string {
  return createHash('sha256')
    .update(LEAF)
    .update(`{${members.join(',')}}`)
    .digest('hex')
}

function hasShape(fields: Fields): boolean {
  const { v, id, parents, seq, time, by, ...event } = fields
  if (v !== VERSION || !isHash(id) || !isCount(seq) || seq === 0 || !isActor(by) || !isEvent(event)) return false
  return isTime(time) && hasParents(parents, event.kind as string)
}

/** The form alone would let the 30th of February through. */
function isTime(value: Json | undefined): boolean {
  if (typeof value !== 'string' || !TIME.test(value)) return false
  const time = new Date(value)
  return !Number.isNaN(time.getTime()) && time.toISOString() === value
}

/** Only what joins branches has several; they are sorted and each once, so that there is one way to write them. */
function hasParents(parents: Json | undefined, kind: string): boolean {
  if (!Array.isArray(parents) || parents.length > MAX_PARENTS || !parents.every(isHash)) return false
  if (parents.length > 1 && kind !== 'merged') return false
  return parents.every((id, at) => at === 0 || (parents[at - 1] as string) < id)
}

function isActor(value: Json | undefined): boolean {
  if (!isMap(value) || (value.via !== 'git' && value.via !== 'github') || !isText(value.name)) return false
  return Object.entries(value).every(([name, inner]) => {
    return name === 'via' || (['name', 'email', 'run'].includes(name) && isText(inner))
  })
}
