import type { Document } from '../../../core/dotenv/document.ts'
import { parseDotenv } from '../../../core/dotenv/parse.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { ForeignKind } from '../../../core/interchange/kind.ts'
import { type UnlockWorld, unlockBytes } from '../keys/unlock.ts'
import { openDotenvxSource } from './dotenvx.ts'
import { openFernetSource } from './fernet.ts'
import { openSopsSource } from './sops.ts'

/** A file of another tool, and what may open it beside the places of identities. */
export interface ForeignSource {
  readonly bytes: Uint8Array
  readonly file: string
  /** `-i`: given one, no `.env.keys` is looked for. */
  readonly keyFiles: readonly string[]
  /** The variables `DOTENV_PRIVATE_KEY*` of the environment, as the lines of a `.env.keys`. */
  readonly environmentKeys: string
}

/** What a source holds, in memory alone. */
export interface Foreign {
  readonly document: Document
  /** What a careful reader should know about it. Names, never values. */
  readonly remarks: readonly string[]
}

/** Who opens which kind. */
const OPENERS: Readonly<Record<ForeignKind, (source: ForeignSource, world: UnlockWorld) => Promise<Foreign>>> = {
  fernet: openFernetSource,
  dotenvx: openDotenvxSource,
  sops: openSopsSource,
  sealed: async ({ bytes, file }, world) => plain((await unlockBytes(bytes, { path: file }, world)).document),
  plaintext: async ({ bytes, file }) => plain(parseDotenv(bytes, { file })),
}

/**
 * Opens a file of another tool.
 *
 * @throws SealwardError no-identity when nothing at hand opens it, or what is wrong with it, with the file's name
 */
export async function openForeign(kind: ForeignKind, source: ForeignSource, world: UnlockWorld): Promise<Foreign> {
  try {
    return await OPENERS[kind](source, world)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(source.file) : error
  }
}

function plain(document: Document): Foreign {
  return { document, remarks: [] }
}
