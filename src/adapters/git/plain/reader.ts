import { join } from 'node:path'
import { idOf } from '../../../core/trust/git-object.ts'
import type { ObjectReader, StoredObject } from '../objects/stored-object.ts'
import { openBudget, unusual } from './bounds.ts'
import { findFolders } from './folders.ts'
import { readHead } from './head.ts'
import { openObjectStore } from './store.ts'

/**
 * Reads a repository without git, as far as it is one as git leaves it: loose objects, packs, HEAD and branches in files.
 *
 * It has no `null`: whether something is not there, damaged, or kept in a way that only git knows, git is to be asked. Nothing in the
 * folder decides anything but where to look: no configuration, hook, graft or replacement has a part in it.
 *
 * @param top the folder that holds `.git`
 */
export function openPlainObjects(top: string): ObjectReader {
  const budget = openBudget()
  const folders = findFolders(top, budget)
  const store = folders === null ? null : openObjectStore(join(folders.common, 'objects'), budget)
  const known = new Map<string, StoredObject>()

  function find(name: string): StoredObject {
    const id = name === 'HEAD' ? folders && readHead(folders, budget) : name
    const object = id === null ? null : (known.get(id) ?? readChecked(id))
    if (object === null) throw unusual('the repository does not have it where it is usual')
    known.set(object.id, object)
    return object
  }

  /** Anybody may have written the store: what it gives is what was asked for, or nothing. */
  function readChecked(id: string): StoredObject | null {
    const object = store?.read(id) ?? null
    return object !== null && idOf(object.type, object.content, id) === id ? { id, ...object } : null
  }

  return { read: async (name) => find(name), stop: () => store?.close() }
}
