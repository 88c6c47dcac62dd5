import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isId } from '../objects/stored-object.ts'
import { attempt, type Budget, MAX_PACKS, unusual } from './bounds.ts'
import { type FoundObject, readLoose } from './loose.ts'
import { openPack, type Pack } from './pack.ts'

/** The objects of a repository. */
export interface ObjectStore {
  /**
   * Nothing is held to its id here: whoever asks does that.
   *
   * @returns null when it is not there, or is kept in a way that only git knows. Never throws
   */
  read(id: string): FoundObject | null
  close(): void
}

const INDEX = '.idx'

/** @param objects the folder `objects` of a repository; opened when the first object is asked for */
export function openObjectStore(objects: string, budget: Budget): ObjectStore {
  let packs: readonly (() => Pack)[] | null = null
  const open: Pack[] = []
  /** Objects that another repository keeps for this one. */
  const borrows = once(() => existsSync(join(objects, 'info', 'alternates')))

  function listPacks(): readonly (() => Pack)[] {
    const folder = join(objects, 'pack')
    const indexes = readdirSync(folder).filter((name) => name.endsWith(INDEX))
    if (indexes.length > MAX_PACKS) throw unusual('there are too many packs')
    return indexes.map((name) => once(() => track(openPack(join(folder, name.slice(0, -INDEX.length)), budget))))
  }

  function track(pack: Pack): Pack {
    open.push(pack)
    return pack
  }

  function readPacked(id: string): FoundObject | null {
    const bytes = Buffer.from(id, 'hex')
    packs ??= listPacks()
    for (const pack of packs) {
      const object = pack().read(bytes)
      if (object !== null) return object
    }
    return null
  }

  return {
    read: (id) =>
      attempt(() => {
        if (!isId(id) || borrows()) return null
        return readLoose(objects, id, budget) ?? readPacked(id)
      }),
    close() {
      for (const pack of open.splice(0)) pack.close()
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
