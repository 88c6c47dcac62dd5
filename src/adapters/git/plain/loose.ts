import { join } from 'node:path'
import type { ObjectType } from '../../../core/trust/git-object.ts'
import { OBJECT_BYTES } from '../objects/stored-object.ts'
import { type Budget, unusual } from './bounds.ts'
import { inflate, packedBound } from './inflate.ts'
import { openPlainFile } from './plain-file.ts'

/** An object as it was found. Whether it is the one that was asked for, its id tells. */
export interface FoundObject {
  readonly type: ObjectType
  readonly content: Uint8Array
}

const HEADER = /^(blob|tree|commit|tag) (\d{1,15})$/
const HEADER_BYTES = 32

/**
 * Reads an object that has a file of its own.
 *
 * @param objects the folder `objects`
 * @returns null when there is no such file
 * @throws SealwardError git, or what the system or zlib says, when the file is not as git writes it
 */
export function readLoose(objects: string, id: string, budget: Budget): FoundObject | null {
  const file = openPlainFile(join(objects, id.slice(0, 2), id.slice(2)), budget)
  if (file === null) return null
  try {
    if (file.size > packedBound(OBJECT_BYTES)) throw unusual('an object is too large')
    return parse(inflate(file.read(0, file.size), OBJECT_BYTES + HEADER_BYTES), budget)
  } finally {
    file.close()
  }
}

function parse(stored: Buffer, budget: Budget): FoundObject {
  budget.spend(stored.length)
  const end = stored.subarray(0, HEADER_BYTES).indexOf(0)
  const [, type, size] = HEADER.exec(stored.toString('latin1', 0, Math.max(end, 0))) ?? []
  const content = stored.subarray(end + 1)
  if (type === undefined || Number(size) !== content.length) throw unusual('an object has a broken header')
  return { type: type as ObjectType, content }
}
