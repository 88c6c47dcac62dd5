import type { Json } from './canonical.ts'

/** What can be written down of something that was done. None of it is a secret, and none is a digest of one without a key. */
interface Members {
  /** Why, in the words of whoever did it. */
  readonly reason: string
  readonly files: readonly FileMark[]
  /** Names of variables, as the policy has them shown. */
  readonly names: readonly string[]
  /** How many names there are, where they are not listed. Of `archived`: entries. */
  readonly count: number
  /** Keyed marks of values by name: `marks.ts`. */
  readonly values: Readonly<Record<string, string>>
  /** Fingerprints of recipients: `marks.ts`. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** The mark of the data key that counts from now on. */
  readonly dataKey: string
  /** Fingerprints of recipients whose keys were put somewhere. */
  readonly keys: readonly string[]
  /** Where, by name: `core/push/target.ts`, or a file's name. */
  readonly targets: readonly string[]
  readonly member: string
  /** A credential of sealward.yml, by its name, and how far its rotation has come. */
  readonly credential: string
  readonly phase: string
  /** The id of a signed request from outside, and who asked, in the sender's words. */
  readonly request: string
  readonly requester: string
  /** What a lockdown is about; everything where neither is there. */
  readonly environments: readonly string[]
  readonly refs: readonly string[]
  readonly formerly: string
  readonly environment: string
  readonly format: string
  /** The code of the error. */
  readonly code: string
  /** The key of the finding that is let pass. */
  readonly about: string
  /** Of what was archived: the ids of its first and last entry, the number of the last. */
  readonly first: string
  readonly last: string
  readonly through: number
  /** The file it is in, within `.sealward`. */
  readonly archive: string
  /** The roots of the full subtrees of its Merkle tree, the largest first: they are its proof, and the start of every later tree. */
  readonly subtrees: readonly string[]
}

/** A file, by SHA-256 of what it was and what it became. It is encrypted: the digest tells nothing of values. */
export interface FileMark {
  readonly path: string
  readonly before?: string
  readonly after?: string
}

type Name = keyof Members

/** For every kind of event what has to be said of it, and what else may be. A new kind is a line here. */
const SHAPES = {
  'file-created': { must: ['files'], may: ['names', 'count', 'added', 'dataKey'] },
  'values-changed': { must: ['files'], may: ['names', 'count', 'dataKey'] },
  'value-restored': { must: ['files'], may: ['names', 'count', 'dataKey'] },
  'recipients-changed': { must: ['files'], may: ['added', 'removed', 'names', 'count', 'dataKey'] },
  'key-rotated': { must: ['added', 'removed'], may: ['files', 'environment'] },
  'key-pushed': { must: ['keys', 'targets'], may: [] },
  'data-key-rotated': { must: ['files'], may: ['dataKey'] },
  'value-rotated': { must: ['files'], may: ['names', 'count', 'values', 'environment'] },
  'rotation-moved': { must: ['credential', 'phase', 'files'], may: ['code'] },
  'request-accepted': { must: ['request', 'credential', 'requester'], may: ['files'] },
  'locked-down': { must: ['reason'], may: ['environments', 'refs'] },
  lifted: { must: ['reason'], may: [] },
  'member-added': { must: ['member'], may: ['added', 'files'] },
  'member-removed': { must: ['member'], may: ['removed', 'files'] },
  'member-renamed': { must: ['member', 'formerly'], may: [] },
  exported: { must: ['format'], may: ['files', 'names', 'count'] },
  imported: { must: ['format'], may: ['files', 'names', 'count'] },
  exempted: { must: ['about', 'reason'], may: [] },
  decrypted: { must: ['files'], may: ['names', 'count', 'environment'] },
  listed: { must: ['files'], may: ['names', 'count'] },
  'open-failed': { must: ['files', 'code'], may: ['environment'] },
  merged: { must: [], may: ['files'] },
  archived: { must: ['count', 'first', 'last', 'through', 'archive', 'subtrees'], may: [] },
} as const satisfies Record<string, { readonly must: readonly Name[]; readonly may: readonly Name[] }>

/** What changes nothing: it is written down where sealward.yml asks for it. */
export const READ_KINDS: readonly EventKind[] = ['decrypted', 'listed']

export type EventKind = keyof typeof SHAPES
export const EVENT_KINDS = Object.keys(SHAPES) as EventKind[]

/** Something that was done, in the members that its kind has. */
export type LedgerEvent<K extends EventKind = EventKind> = K extends EventKind
  ? { readonly kind: K } & Pick<Members, (typeof SHAPES)[K]['must'][number]> &
      Partial<Pick<Members, (typeof SHAPES)[K]['may'][number] | 'reason'>>
  : never

/** The same for who reads entries of any kind. */
export type AnyEvent = { readonly kind: EventKind } & Partial<Members>

const TEXT = 1000
const ITEMS = 10_000
const HASH = /^[0-9a-f]{64}$/
const MARK = /^[0-9a-f]{32}$/

const READERS: Readonly<Record<Name, (value: Json) => boolean>> = {
  reason: isText,
  files: (value) => isListOf(value, isFileMark),
  names: (value) => isListOf(value, isText),
  count: isCount,
  values: (value) => isMap(value) && Object.values(value).every(isMark),
  added: (value) => isListOf(value, isMark),
  removed: (value) => isListOf(value, isMark),
  dataKey: isMark,
  keys: (value) => isListOf(value, isMark),
  targets: (value) => isListOf(value, isText),
  member: isText,
  credential: isText,
  phase: isText,
  request: isText,
  requester: isText,
  environments: (value) => isListOf(value, isText),
  refs: (value) => isListOf(value, isText),
  formerly: isText,
  environment: isText,
  format: isText,
  code: isText,
  about: isText,
  first: isHash,
  last: isHash,
  through: isCount,
  archive: (value) => typeof value === 'string' && /^ledger-[0-9]{1,12}-[0-9a-f]{12}\.jsonl$/.test(value),
  subtrees: (value) => isListOf(value, isHash),
}

/** Whether a map is an event: a known kind with all that it needs and nothing that it does not have. */
export function isEvent(value: { readonly [name: string]: Json }): boolean {
  const { kind, ...members } = value
  if (typeof kind !== 'string' || !Object.hasOwn(SHAPES, kind)) return false
  const { must, may }: { readonly must: readonly string[]; readonly may: readonly string[] } = SHAPES[kind as EventKind]
  const names = Object.keys(members)
  return (
    must.every((name) => Object.hasOwn(members, name)) &&
    names.every((name) => name === 'reason' || must.includes(name) || may.includes(name)) &&
    names.every((name) => READERS[name as Name](members[name]!))
  )
}

export function isHash(value: Json | undefined): value is string {
  return typeof value === 'string' && HASH.test(value)
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= TEXT
}

export function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isMark(value: Json): boolean {
  return typeof value === 'string' && MARK.test(value)
}

function isFileMark(value: Json): boolean {
  if (!isMap(value) || !isText(value.path)) return false
  return Object.entries(value).every(([name, inner]) => {
    return name === 'path' || ((name === 'before' || name === 'after') && isHash(inner))
  })
}

function isListOf(value: Json, isItem: (item: Json) => boolean): boolean {
  return Array.isArray(value) && value.length <= ITEMS && value.every(isItem)
}

export function isMap(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
