import { parseRecipient } from '../../../core/age/recipient.ts'
import { wrapForAll } from '../../../core/envelope/data-key.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import { RECIPIENTS } from '../../../core/envelope/limits.ts'
import { withKeys } from '../../../core/envelope/rewrap.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { FileWrite } from '../../../core/writes/journal.ts'
import type { Clock } from '../../world.ts'
import { unlockBytes } from '../keys/unlock.ts'
import { type Opener, reseal } from '../rotation/reseal.ts'
import type { PolicyFile } from './policy-files.ts'

/** What becomes of a file for whom recipients change. */
export interface Rewrapping extends FileWrite {
  readonly before: Uint8Array
  /** age recipients, as text. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Whoever goes may have kept the old one. */
  readonly newDataKey: boolean
}

/**
 * Wraps data keys for others, without writing anything. Where somebody goes the file is encrypted anew, and every value is held against
 * what it was.
 *
 * @param target whom a file is to be for
 * @returns those that change
 * @throws SealwardError no-identity where a file cannot be opened: then none is to change; unsupported, recipient-invalid, no-recipients
 */
export async function rewrapFiles(
  files: readonly PolicyFile[],
  target: (file: PolicyFile) => readonly string[],
  world: Opener & { readonly clock: Clock },
): Promise<Rewrapping[]> {
  const changes: Rewrapping[] = []
  for (const file of files) {
    const wanted = target(file)
    const added = wanted.filter((key) => !file.recipients.includes(key))
    const removed = file.recipients.filter((key) => !wanted.includes(key))
    if (added.length + removed.length === 0) continue
    const newDataKey = removed.length > 0
    const { path, bytes } = file
    const after = newDataKey
      ? (await reseal({ path, bytes, recipients: () => wanted }, world)).after
      : await wrapMore(file, added, world)
    changes.push({ path, before: bytes, after, added, removed, newDataKey })
  }
  return changes
}

/** Every other line of the file stays as it is. The file is opened whole: what is not authentic is not to be handed on. */
async function wrapMore({ path, bytes, recipients }: PolicyFile, added: readonly string[], world: Opener) {
  const opened = await unlockBytes(bytes, { path, quotes: 'literal', anyName: true }, world)
  if (recipients.length + added.length > RECIPIENTS)
    throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`, { file: path })
  return printEncryptedFile(withKeys(opened.file, await wrapForAll(opened.dataKey, added.map(parseRecipient))))
}
