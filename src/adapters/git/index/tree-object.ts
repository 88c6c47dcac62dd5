import { unusual } from '../plain/bounds.ts'

/** What a tree has under a name. */
export interface TreeRecord {
  /** Six octal digits, as a diff shows them. */
  readonly mode: string
  readonly id: string
}

/** Names, one character a byte; those of folders with a '/' behind, so that a file and a folder are never taken for one another. */
export type TreeRecords = Map<string, TreeRecord>

const SPACE = 0x20
const MODE = /^(?:0?40000|100[0-7]{3}|120000|160000)$/
const EXECUTABLE = 0o100
const FOLDER = '040000'

/** @throws SealwardError git when it is not a tree as git writes it */
export function parseTree(content: Uint8Array, idBytes: number): TreeRecords {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length)
  const records: TreeRecords = new Map()
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at)
    const nul = bytes.indexOf(0, space)
    const next = nul + 1 + idBytes
    const mode = bytes.toString('latin1', at, Math.max(space, at))
    if (space < 0 || nul < 0 || next > bytes.length || !MODE.test(mode)) throw broken()
    const canonical = canonicalMode(mode)
    const name = bytes.toString('latin1', space + 1, nul) + (canonical === FOLDER ? '/' : '')
    if ((name.indexOf('/') < name.length - 1 && name.includes('/')) || name === '' || name === '/' || records.has(name))
      throw broken()
    records.set(name, { mode: canonical, id: bytes.toString('hex', nul + 1, next) })
    at = next
  }
  return records
}

/** Early versions of git wrote other permissions; what counts of them is whether the owner may execute. */
function canonicalMode(mode: string): string {
  if (!mode.startsWith('100')) return mode.padStart(6, '0')
  return (Number.parseInt(mode, 8) & EXECUTABLE) === 0 ? '100644' : '100755'
}

function broken() {
  return unusual('a tree is not as git writes it')
}
