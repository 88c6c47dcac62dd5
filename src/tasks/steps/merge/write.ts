import type { Document } from '../../../core/dotenv/document.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import { SealwardError } from '../../../core/errors.ts'
import { type OpenedSides, planEnvelope } from '../../../core/merge/envelopes.ts'
import { planSeal, sealMerged } from '../../../core/merge/seal.ts'
import type { Clock, Configs, Files } from '../../world.ts'
import { settleEnvelope } from '../envelope.ts'
import type { MergeRequest } from './merge.ts'

export interface SealWorld {
  readonly files: Files
  readonly configs: Configs
  readonly clock: Clock
}

/**
 * Encrypts a merged document for whoever the merged file is for.
 *
 * Nothing authenticates the recipients of a file: a branch could name anybody, and merging it would wrap a data key for them that
 * the branch itself does not know. So somebody whom only one side brings must be listed in sealward.yml or .sops.yaml, and a person must
 * have asked: a branch brings its own sealward.yml too.
 *
 * @throws SealwardError untrusted, unsupported, plaintext-value, or whatever encrypting throws
 */
export async function writeMerged(
  sides: OpenedSides,
  document: Document,
  { path, attended, ...world }: SealWorld & Pick<MergeRequest, 'path' | 'attended'>,
): Promise<Uint8Array> {
  const { envelope, introduced } = planSeal(sides, planEnvelope(sides))
  const listed = attended && introduced.length > 0 ? await listedFor(path, world) : new Set<string>()
  refuseStrangers(
    introduced.filter((recipient) => !listed.has(recipient)),
    path,
  )
  return printEncryptedFile(await sealMerged(sides, envelope, { document, now: world.clock.now() }))
}

function refuseStrangers(strangers: readonly string[], path: string): void {
  if (strangers.length === 0) return
  throw new SealwardError(
    'untrusted',
    `only one side has these recipients, who would get a new data key: ${shown(strangers)}`,
    {
      file: path,
      hint: 'merge sealward.yml first; when it lists them as it should, `sealward merge FILE` lets them in',
    },
  )
}

async function listedFor(path: string, world: SealWorld): Promise<ReadonlySet<string>> {
  try {
    const { recipients } = await settleEnvelope(path, [], world)
    return new Set(recipients.map(({ text }) => text))
  } catch (error) {
    if (error instanceof SealwardError && error.code === 'no-recipients') return new Set()
    throw error
  }
}

const MOST_SHOWN = 3
const SHOWN_CHARACTERS = 24

/** A post-quantum recipient has two thousand characters: its beginning will do. */
function shown(recipients: readonly string[]): string {
  const first = recipients.slice(0, MOST_SHOWN).map((text) => `${text.slice(0, SHOWN_CHARACTERS)}...`)
  const more = recipients.length - first.length
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ')
}
