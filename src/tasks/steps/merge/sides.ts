import { type OpenedFile, openFile, type Quotes } from '../../../core/envelope/decrypt.ts'
import { isEncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { OpenedSides } from '../../../core/merge/envelopes.ts'
import type { ThreeWay } from '../../../core/merge/three-way.ts'
import { rememberKeys } from '../keys/remember-keys.ts'
import { type UnlockWorld, unlockBytes } from '../keys/unlock.ts'
import { settleQuotes } from '../quotes.ts'

export type SidesWorld = Omit<UnlockWorld, 'files'>

const NAMES: ThreeWay<string> = {
  base: 'the common ancestor',
  ours: 'our side',
  theirs: 'their side',
}

/**
 * Opens the three versions of a file. A base of no bytes is none. Somebody who came later opens an older version too, where a newer
 * one has the same data key.
 *
 * @param path the file's name in the repository
 * @throws SealwardError no-identity, or any of docs/format.md section 10, and says of which version
 */
export async function openSides(bytes: ThreeWay<Uint8Array>, path: string, world: SidesWorld): Promise<OpenedSides> {
  const reading = { path, anyName: true, quotes: await settleQuotes(path, world.configs) }
  const { keys } = rememberKeys(world.keys)
  const known: Uint8Array[] = []
  const open = async (side: keyof ThreeWay<unknown>): Promise<OpenedFile> => {
    try {
      const opened = await unlockBytes(bytes[side], reading, { ...world, keys }).catch((error: unknown) =>
        openWithKnown(bytes[side], { ...reading, known, error }),
      )
      known.push(opened.dataKey)
      return opened
    } catch (error) {
      throw error instanceof SealwardError ? ofSide(error, side) : error
    }
  }
  const ours = await open('ours')
  const theirs = await open('theirs')
  return { ours, theirs, base: bytes.base.length === 0 ? null : await open('base') }
}

async function openWithKnown(
  bytes: Uint8Array,
  how: {
    readonly known: readonly Uint8Array[]
    readonly quotes: Quotes
    readonly error: unknown
  },
): Promise<OpenedFile> {
  const { known, quotes, error } = how
  if (!(error instanceof SealwardError) || error.code !== 'no-identity') throw error
  for (const dataKey of known) {
    const opened = await openFile(parseEncryptedFile(bytes, { anyName: true }), dataKey, { quotes }).catch(() => null)
    if (opened !== null) return opened
  }
  throw error
}

/** Whether all three are what can be merged by variable. */
export function areEncrypted({ base, ours, theirs }: ThreeWay<Uint8Array>): boolean {
  return [...(base.length === 0 ? [] : [base]), ours, theirs].every(isEncryptedFile)
}

function ofSide(error: SealwardError, side: keyof ThreeWay<unknown>): SealwardError {
  return new SealwardError(error.code, `${NAMES[side]}: ${error.message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.file === undefined ? {} : { file: error.file }),
    ...(error.line === undefined ? {} : { line: error.line }),
  })
}
