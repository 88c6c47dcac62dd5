import type { Identity } from '../../src/core/age/identity.ts'
import type { LedgerEvent } from '../../src/core/ledger/event.ts'
import type { MembersWorld } from '../../src/tasks/steps/members/request.ts'
import type { FileHistory } from '../../src/tasks/world/git/history.ts'
import type { Files } from '../../src/tasks/world.ts'
import { memoryFiles } from '../fakes/memory-files.ts'
import { NO_HISTORY } from '../fakes/memory-history.ts'
import { memoryWorld } from '../fakes/memory-world.ts'

const TOP = '/repository'

export interface MembersFixture {
  readonly world: MembersWorld
  readonly events: readonly LedgerEvent[]
  readonly said: readonly string[]
}

export interface MembersFixtureOptions {
  readonly identities: readonly Identity[]
  readonly history?: FileHistory
  /** Names of the past that no file has today. */
  readonly past?: readonly string[]
  /** The process is dead after so many writes: whatever it does then comes to nothing. */
  readonly diesAfter?: number
}

/** The process that was killed: nobody catches this. */
export class Killed extends Error {}

/** A repository in memory, with its journal in `.git/sealward`. Paths of `contents` are from the top. */
export function membersFixture(contents: Map<string, Uint8Array>, options: MembersFixtureOptions): MembersFixture {
  const { identities, history = NO_HISTORY, past = [], diesAfter = Number.POSITIVE_INFINITY } = options
  const events: LedgerEvent[] = []
  const { configs, finder, keys, clock, teller, said } = memoryWorld({}, ...identities)
  const files = mortal(memoryFiles(contents), diesAfter)
  const inside = (path: string) => path.slice(TOP.length + 1)
  const now = memoryWorld(Object.fromEntries(contents))
  const absolute: Files = {
    read: (path, most) => files.read(inside(path), most),
    write: (path, bytes, how) => files.write(inside(path), bytes, how),
    locked: (path, work) => files.locked(inside(path), work),
  }
  return {
    ...{ events, said },
    world: {
      ...{ files, keys, clock, teller, history },
      past: { list: async () => past },
      configs: contents.size === 0 ? configs : now.configs,
      finder: contents.size === 0 ? finder : now.finder,
      ledger: {
        append: async (event) => {
          events.push(event)
          return ['.sealward/ledger.jsonl']
        },
      },
      writes: { top: TOP, folder: `${TOP}/.git/sealward`, files: absolute, teller },
    },
  }
}

function mortal(files: Files, writes: number): Files {
  let left = writes
  return {
    ...files,
    async write(path, bytes, how) {
      if (left <= 0) throw new Killed('killed')
      left -= 1
      return files.write(path, bytes, how)
    },
  }
}
