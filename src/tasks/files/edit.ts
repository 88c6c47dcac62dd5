import { removeEntry, setEntry } from '../../core/dotenv/change.ts'
import type { Document } from '../../core/dotenv/document.ts'
import { printableName } from '../../core/dotenv/names.ts'
import { parseDotenv } from '../../core/dotenv/parse.ts'
import { printDotenv } from '../../core/dotenv/print.ts'
import { type Changes, changesBetween } from '../../core/envelope/changes.ts'
import { encryptNew, encryptOver } from '../../core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { type EnvelopeWorld, settleEnvelope } from '../steps/envelope.ts'
import { type Reading, type UnlockWorld, unlockBytes } from '../steps/keys/unlock.ts'
import { type FileChange, recordChange } from '../steps/ledger/record.ts'
import { recordRead, watchOpening } from '../steps/ledger/record-read.ts'
import { plainWarnings } from '../steps/plain-warnings.ts'
import { tellOfRecipients } from '../steps/recipients/tell-of-recipients.ts'
import { sizeWarnings } from '../steps/size-warnings.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'
import type { Ledger } from '../world/ledger.ts'
import type { Clock, Editor } from '../world.ts'

export type EditWorld = UnlockWorld & EnvelopeWorld & { readonly clock: Clock; readonly ledger?: Ledger }

export interface EditRequest extends Reading {
  readonly file: string
}

/** Sets one variable; makes the file when there is none and the configuration says for whom. */
export function set(
  request: EditRequest & { readonly name: string; readonly value: string },
  world: EditWorld,
): Promise<Changes> {
  return change(request, world, async (document) => setEntry(document, request.name, request.value))
}

/** @throws SealwardError not-found when the variable is not there */
export function unset(request: EditRequest & { readonly name: string }, world: EditWorld): Promise<Changes> {
  return change(request, world, async (document) => removeEntry(document, request.name))
}

/**
 * Gives a variable the value that it had in a version of the file, and leaves every other line.
 *
 * @param request `version` as git has it; `revision` is what it is called in errors
 * @throws SealwardError not-found when that version has no such variable; whatever opening it throws
 */
export function restore(
  request: EditRequest & { readonly name: string; readonly version: Uint8Array; readonly revision: string },
  world: EditWorld,
): Promise<Changes> {
  const { name, version, revision } = request
  return change({ ...request, as: 'value-restored' }, world, async (document) => {
    const { variables } = await unlockBytes(version, { ...request, path: request.file }, world)
    const before = variables.get(name)
    if (before === undefined)
      throw new SealwardError('not-found', `${printableName(name)} is not in the file as it was then`, {
        file: revision,
        hint: '`sealward history NAME` says when it changed',
      })
    return setEntry(document, name, before.value)
  })
}

/** Opens the file in the user's editor. A text that does not parse is shown again, with the line named, until it does or is left as it was. */
export function edit(request: EditRequest, world: EditWorld & { readonly editor: Editor }): Promise<Changes> {
  return change(request, world, async (document) => {
    let text = printDotenv(document)
    const names = document.flatMap((item) => (item.kind === 'entry' ? [item.name] : []))
    if (names.length > 0) await recordRead({ files: [request.file], names }, world)
    for (;;) {
      const edited = await world.editor.edit(text)
      try {
        return parseDotenv(edited, { anyName: request.anyName ?? false })
      } catch (error) {
        if (!(error instanceof SealwardError) || edited === text) throw error
        world.teller.warn(
          `${error.line === undefined ? '' : `line ${error.line}: `}${error.message}; opening the editor again`,
        )
        text = edited
      }
    }
  })
}

/** Every change is the same: open, alter the document, encrypt over. Held under the file's lock from reading to writing. */
async function change(
  request: EditRequest & Pick<FileChange, 'as'>,
  world: EditWorld,
  alter: (document: Document) => Promise<Document>,
): Promise<Changes> {
  const { file } = request
  return world.files.locked(file, async () => {
    const before = await world.files.read(file, FILE_BYTES)
    if (before === null) return create(file, await alter([]), world)
    const opened = await watchOpening(file, world, () => unlockBytes(before, { ...request, path: file }, world))
    const document = await alter(opened.document)
    for (const warning of sizeWarnings(document)) world.teller.warn(warning)
    const encrypted = await encryptOver(opened, document, world.clock.now())
    const changes = changesBetween(opened.document, document)
    if (encrypted !== null) {
      for (const warning of plainWarnings(encrypted, changes)) world.teller.warn(warning)
      const after = printEncryptedFile(encrypted)
      await recordChange({ ...request, before, after, changes }, world.ledger)
      await world.files.write(file, after, { exists: 'replace' })
      await tellOfVoidSignature(file, world)
      await tellOfRecipients({ path: file, bytes: after }, world)
    }
    return changes
  })
}

async function create(file: string, document: Document, world: EditWorld): Promise<Changes> {
  if (document.length === 0) throw new SealwardError('not-found', 'no such file, and nothing to put in it', { file })
  const envelope = await settleEnvelope(file, [], world)
  const encrypted = await encryptNew(document, envelope, world.clock.now())
  const [after, changes] = [printEncryptedFile(encrypted), changesBetween([], document)]
  await recordChange({ file, before: null, after, changes }, world.ledger)
  await world.files.write(file, after, { exists: 'refuse' })
  return changes
}
