import { printableName } from '../../../core/dotenv/names.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import { SealwardError } from '../../../core/errors.ts'
import { printConflicts } from '../../../core/merge/conflict-text.ts'
import { documentOfBase, mergeDocuments, settledDocument } from '../../../core/merge/documents.ts'
import type { OpenedSides } from '../../../core/merge/envelopes.ts'
import type { ThreeWay } from '../../../core/merge/three-way.ts'
import { mergeWithoutKey } from '../../../core/merge/without-key.ts'
import { areEncrypted, openSides, type SidesWorld } from './sides.ts'
import { type SealWorld, writeMerged } from './write.ts'

export interface MergeRequest {
  readonly versions: ThreeWay<Uint8Array>
  /** The file's name in the repository. */
  readonly path: string
  /** A merge of two common ancestors: what conflicts is as their own ancestor had it, and no person is asked. */
  readonly ancestor: boolean
  /** Whether a person asked for it, who sees the sealward.yml that is on disk. In the middle of a merge nobody knows whose that is. */
  readonly attended: boolean
}

export type MergeWorld = SidesWorld & SealWorld

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly bytes: Uint8Array }
  /** `text` is the plaintext, with markers round what a person has to settle. */
  | { readonly kind: 'conflict'; readonly names: readonly string[]; readonly text: string }
  /** It takes somebody who can: `error` says what is in the way. */
  | { readonly kind: 'cannot'; readonly error: SealwardError }

/** Merges three versions of an encrypted file. What stands in the way of that is an outcome, and no exception. */
export async function mergeVersions(request: MergeRequest, world: MergeWorld): Promise<MergeOutcome> {
  const { versions, path } = request
  try {
    if (!areEncrypted(versions))
      throw new SealwardError('malformed', 'one of the three versions is not an encrypted file', { file: path })
    return await mergeOpened(await openSides(versions, path, world), request, world)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return error.code === 'no-identity' ? tryWithoutKey(request, error) : { kind: 'cannot', error }
  }
}

async function mergeOpened(sides: OpenedSides, request: MergeRequest, world: MergeWorld): Promise<MergeOutcome> {
  const merged = mergeDocuments({
    base: sides.base?.document ?? [],
    ours: sides.ours.document,
    theirs: sides.theirs.document,
  })
  const document = request.ancestor ? documentOfBase(merged) : settledDocument(merged)
  if (document !== null) return { kind: 'merged', bytes: await writeMerged(sides, document, { ...world, ...request }) }
  const names = merged.conflicts.map(({ name }) => printableName(name))
  return { kind: 'conflict', names, text: printConflicts(merged) }
}

function tryWithoutKey({ versions, path }: MergeRequest, error: SealwardError): MergeOutcome {
  const outcome = mergeWithoutKey(versions)
  if (outcome.kind === 'merged') return { kind: 'merged', bytes: printEncryptedFile(outcome.file) }
  return {
    kind: 'cannot',
    error: new SealwardError('no-identity', `cannot be merged without a key: ${outcome.why}`, {
      file: path,
      hint: [`${error.message}; ${error.hint ?? ''}`, 'somebody with a key can: `sealward merge FILE`'].join('\n'),
    }),
  }
}
