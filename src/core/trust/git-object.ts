import { createHash } from 'node:crypto'
import { SealwardError } from '../errors.ts'

/** Git's objects as they are stored: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. Ids are in hex, 40 or 64 digits. */
export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

/** What a folder has under a name. */
export interface TreeEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'submodule'
  readonly id: string
}

const SPACE = 0x20
const NUL = 0
const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'folder',
  '120000': 'link',
  '160000': 'submodule',
}

/** The id that git gives to an object; SHA-1, or SHA-256 where ids have 64 digits. */
export function idOf(type: ObjectType, content: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1')
  return hash.update(`${type} ${content.length}\0`).update(content).digest('hex')
}

/** Whether bytes are a blob, as they are or with the CRLF that git on Windows writes for LF. */
export function isBlob(bytes: Uint8Array, id: string): boolean {
  return idOf('blob', bytes, id) === id || idOf('blob', withoutCarriageReturns(bytes), id) === id
}

/**
 * What a commit or a tag is about: the folder of the one, the commit of the other.
 *
 * @throws SealwardError git when the object has neither
 */
export function targetOf(type: ObjectType, content: Uint8Array): string {
  const [line = ''] = Buffer.from(content.subarray(0, 128)).toString('latin1').split('\n', 1)
  const [word, id = ''] = line.split(' ')
  if (word !== (type === 'tag' ? 'object' : 'tree') || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) throw malformed()
  return id
}

/**
 * Looks a name up in a tree object.
 *
 * @param like an id of the repository: how long ids are
 * @throws SealwardError git for a tree that breaks off
 */
export function findEntry(tree: Uint8Array, name: string, like: string): TreeEntry | null {
  const wanted = Buffer.from(name)
  const bytes = Buffer.from(tree.buffer, tree.byteOffset, tree.length)
  const idBytes = like.length / 2
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(SPACE, start)
    const end = bytes.indexOf(NUL, space)
    const next = end + 1 + idBytes
    if (space < 0 || end < 0 || next > bytes.length) throw malformed()
    if (bytes.subarray(space + 1, end).equals(wanted)) {
      const mode = bytes.toString('latin1', start, space)
      return { kind: KINDS[mode] ?? 'file', id: bytes.toString('hex', end + 1, next) }
    }
    start = next
  }
  return null
}

/**
 * Where a symbolic link leads, from the top of the repository.
 *
 * @returns null when it leads out of the repository
 */
export function followLink(folder: readonly string[], target: string): string[] | null {
  if (target.startsWith('/')) return null
  const names = [...folder]
  for (const name of target.split('/')) {
    if (name === '' || name === '.') continue
    if (name !== '..') names.push(name)
    else if (names.pop() === undefined) return null
  }
  return names
}

function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

function malformed(): SealwardError {
  return new SealwardError('git', 'an object of the repository is not as git writes it')
}
