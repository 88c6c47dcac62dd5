import { parseIdentities } from '../../src/core/age/identity.ts'
import { SealwardError } from '../../src/core/errors.ts'
import type { LedgerEvent } from '../../src/core/ledger/event.ts'
import type { RotateKeyWorld } from '../../src/tasks/steps/rotation/key-world.ts'
import type { Files } from '../../src/tasks/world.ts'
import { fixedKeys } from '../fakes/fixed-keys.ts'
import { type MemoryWorld, memoryWorld } from '../fakes/memory-world.ts'
import { documentOf } from './documents.ts'
import { type Member, open, seal, textOf } from './sealing.ts'

export const TOP = '/r'
export const KEY_FILE = '/home/new.txt'
export const REQUEST = { output: KEY_FILE, emergency: false, graceDays: 7 }

/** A repository with encrypted files in memory, and what was written down in its ledger. */
export interface RotatingScene {
  readonly world: RotateKeyWorld
  readonly contents: Map<string, Uint8Array>
  readonly events: readonly LedgerEvent[]
  readonly said: readonly string[]
  /** The same files in another process: with other keys, or with files that fail. */
  reopened(change: {
    readonly files?: Files
    readonly members?: readonly Member[]
    readonly now?: Date
  }): RotateKeyWorld
}

export const VALUES = {
  '.env.encrypted': { A: 'one', B: 'two=\n"2"', EMPTY: '' },
  'production/.env.encrypted': { DATABASE_URL: 'postgres://u:p@h/db' },
  'apps/odd name.txt': { TOKEN: 'three' },
}

/** @param policy a sealward.yml */
export async function makeScene(members: readonly Member[], policy: string | null): Promise<RotatingScene> {
  const files: Record<string, Uint8Array | string> = {
    [`${TOP}/README.md`]: 'sops_mac= is a line of the format\nsops_version=\n',
  }
  for (const [path, values] of Object.entries(VALUES)) files[`${TOP}/${path}`] = await seal(documentOf(values), members)
  if (policy !== null) files[`${TOP}/sealward.yml`] = policy
  const memory = memoryWorld(files)
  const events: LedgerEvent[] = []
  const base = { ...memory, keys: fixedKeys(members[0]!.identity), ...placed(memory, events) }
  return {
    world: base,
    contents: memory.contents,
    events,
    said: memory.said,
    reopened: ({ files: other, members: holders, now }) => ({
      ...base,
      ...(other && { files: other }),
      ...(holders && { keys: fixedKeys(...holders.map(({ identity }) => identity)) }),
      ...(now && { clock: { now: () => now } }),
    }),
  }
}

function placed(
  memory: MemoryWorld,
  events: LedgerEvent[],
): Pick<RotateKeyWorld, 'top' | 'folder' | 'finder' | 'names'> & {
  readonly ledger: NonNullable<RotateKeyWorld['ledger']>
} {
  const inside = (path: string) => path.startsWith(`${TOP}/`) && !path.startsWith(`${TOP}/.git/`)
  return {
    top: TOP,
    folder: `${TOP}/.git/sealward`,
    names: { nameOf },
    finder: { find: async () => [...memory.contents.keys()].filter(inside).map((path) => path.slice(TOP.length + 1)) },
    ledger: { append: async (event) => [String(events.push(event))] },
  }
}

/** What a file holds for who has any of these keys; null where none of them opens it. */
export async function valuesFor(bytes: Uint8Array, members: readonly Pick<Member, 'identity'>[]) {
  for (const { identity } of members) {
    const opened = await open(bytes, identity, { anyName: true }).catch(() => null)
    if (opened !== null) return Object.fromEntries([...opened.variables].map(([name, { value }]) => [name, value]))
  }
  return null
}

/** The keys in a key file, if it is there. */
export function keysIn(contents: ReadonlyMap<string, Uint8Array>, path = KEY_FILE) {
  const bytes = contents.get(path)
  return bytes === undefined ? [] : parseIdentities(textOf(bytes)).identities.map((identity) => ({ identity }))
}

async function nameOf(path: string): Promise<string> {
  if (!path.startsWith(`${TOP}/`)) throw new SealwardError('usage', 'is outside of the repository')
  return path.slice(TOP.length + 1)
}
