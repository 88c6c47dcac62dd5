import type { Document } from '../../core/dotenv/document.ts'
import { parseDotenv } from '../../core/dotenv/parse.ts'
import { type Changes, changesBetween } from '../../core/envelope/changes.ts'
import type { OpenedFile } from '../../core/envelope/decrypt.ts'
import { encryptNew } from '../../core/envelope/encrypt.ts'
import { isEncryptedFile, parseEncryptedFile, printEncryptedFile } from '../../core/envelope/file.ts'
import { recipientWarnings } from '../../core/envelope/keys/data-key.ts'
import { readersOf } from '../../core/envelope/keys/key-groups.ts'
import { rewrap } from '../../core/envelope/keys/rewrap.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { keyGroupsOf } from '../../core/envelope/text/metadata.ts'
import { SealwardError } from '../../core/errors.ts'
import { type EnvelopeWorld, readExplicit } from '../steps/envelope.ts'
import { type UnlockWorld, unlockBytes } from '../steps/keys/unlock.ts'
import { recordChange } from '../steps/ledger/record.ts'
import { tellOfRecipients } from '../steps/recipients/tell-of-recipients.ts'
import { sealNew } from '../steps/seal-new.ts'
import { sizeWarnings } from '../steps/size-warnings.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'
import type { Ledger } from '../world/ledger.ts'
import type { Clock } from '../world.ts'

export interface EncryptRequest {
  /** The plaintext .env. */
  readonly source: Uint8Array
  /** Where it came from, for errors. */
  readonly sourceName: string
  /** Where the encrypted file goes; absent for one that is only returned. */
  readonly output?: string
  /** `-r`: recipients, or files of them. Empty: those of the file being replaced, else of the configuration. */
  readonly recipients: readonly string[]
  /** Allow names to disappear; without an identity, allow a wholly new file. */
  readonly force: boolean
  readonly anyName?: boolean
}

export type EncryptWorld = UnlockWorld & EnvelopeWorld & { readonly clock: Clock; readonly ledger?: Ledger }

export interface EncryptOutcome {
  /** `replaced`: a new data key, so that every line changed. */
  readonly status: 'created' | 'updated' | 'replaced' | 'unchanged'
  readonly changes: Changes
  readonly bytes: Uint8Array
}

/**
 * Encrypts a .env, over the file that is there or as a new one.
 *
 * @throws SealwardError dotenv-syntax, removal-refused, no-recipients, no-identity, exists, unsupported, or any of docs/format.md
 */
export async function encrypt(request: EncryptRequest, world: EncryptWorld): Promise<EncryptOutcome> {
  const document = parseDotenv(request.source, { file: request.sourceName, anyName: request.anyName ?? false })
  for (const warning of sizeWarnings(document)) world.teller.warn(warning)
  const { output } = request
  if (output === undefined) return create(document, request, world)
  return world.files.locked(output, async () => {
    const before = await world.files.read(output, FILE_BYTES)
    const outcome =
      before === null ? await create(document, request, world) : await replace(before, document, request, world)
    if (outcome.status !== 'unchanged') {
      const { bytes: after, changes } = outcome
      await recordChange({ file: output, before, after, changes }, world.ledger)
      await world.files.write(output, outcome.bytes, { exists: outcome.status === 'created' ? 'refuse' : 'replace' })
      await tellOfVoidSignature(output, world)
      await tellOfRecipients({ path: output, bytes: after }, world)
    }
    return outcome
  })
}

async function create(document: Document, request: EncryptRequest, world: EncryptWorld): Promise<EncryptOutcome> {
  const path = request.output ?? request.sourceName
  const bytes = await sealNew(document, { path, recipients: request.recipients }, world)
  return { status: 'created', changes: changesBetween([], document), bytes }
}

async function replace(
  before: Uint8Array,
  document: Document,
  request: EncryptRequest,
  world: EncryptWorld,
): Promise<EncryptOutcome> {
  const path = request.output!
  if (!isEncryptedFile(before))
    throw new SealwardError('exists', 'is there and is not an encrypted file; it is left alone', {
      file: path,
      hint: 'choose another name with -o',
    })
  const opened = await tryToOpen(before, request, world)
  if (opened === null) return replaceUnseen(before, document, request, world)
  const changes = changesBetween(opened.document, document)
  refuseRemovals(changes, request.force, path)
  const recipients = request.recipients.length === 0 ? null : await readExplicit(path, request.recipients, world)
  if (recipients !== null) for (const warning of recipientWarnings(recipients)) world.teller.warn(warning)
  const result = await rewrap(opened, document, { recipients, now: world.clock.now() })
  if (result.file === null) return { status: 'unchanged', changes, bytes: before }
  return { status: result.newDataKey ? 'replaced' : 'updated', changes, bytes: printEncryptedFile(result.file) }
}

/** @returns null when no identity is at hand and --force says that a wholly new file is meant */
async function tryToOpen(before: Uint8Array, request: EncryptRequest, world: EncryptWorld): Promise<OpenedFile | null> {
  try {
    return await unlockBytes(before, { path: request.output!, anyName: request.anyName ?? false }, world)
  } catch (error) {
    if (!(error instanceof SealwardError) || error.code !== 'no-identity') throw error
    if (request.force) return null
    throw new SealwardError('no-identity', `${error.message}; without one, what would change cannot be known`, {
      file: request.output!,
      hint: `${error.hint ?? ''}\nor give --force to replace the whole file under a new data key, unseen`,
    })
  }
}

async function replaceUnseen(
  before: Uint8Array,
  document: Document,
  request: EncryptRequest,
  world: EncryptWorld,
): Promise<EncryptOutcome> {
  const { metadata, lines } = parseEncryptedFile(before, { anyName: true })
  if (request.recipients.length === 0 && metadata.foreign.length > 0)
    throw new SealwardError(
      'unsupported',
      `a new data key cannot be wrapped for the ${metadata.foreign.join(', ')} recipients of this file`,
      {
        file: request.output!,
        hint: 'name all recipients with -r, or use sops',
      },
    )
  const readers =
    request.recipients.length === 0
      ? readersOf(keyGroupsOf(metadata))
      : { recipients: await readExplicit(request.output!, request.recipients, world) }
  for (const warning of recipientWarnings(readers.recipients)) world.teller.warn(warning)
  const envelope = { ...readers, rule: metadata.rule, macOnlyEncrypted: metadata.macOnlyEncrypted }
  const file = await encryptNew(document, envelope, world.clock.now())
  const names = lines.body.flatMap((line) =>
    line.kind === 'variable' ? [{ kind: 'entry' as const, name: line.name, value: '' }] : [],
  )
  return {
    status: 'replaced',
    changes: { ...changesBetween(names, document), changed: [] },
    bytes: printEncryptedFile(file),
  }
}

function refuseRemovals({ removed }: Changes, force: boolean, path: string): void {
  if (removed.length === 0 || force) return
  throw new SealwardError('removal-refused', `would remove ${removed.join(', ')}`, {
    file: path,
    hint: 'give --force if that is meant; `sealward unset NAME` removes one',
  })
}
