import { parseRecipient } from '../../../core/age/recipient.ts'
import type { OpenedFile } from '../../../core/envelope/decrypt.ts'
import { wrapKeys } from '../../../core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import {
  everybodyIn,
  type KeyGroups,
  readersOf,
  sameGroups,
  wordsForGroups,
} from '../../../core/envelope/keys/key-groups.ts'
import { withKeys, withShares } from '../../../core/envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../../../core/envelope/limits.ts'
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
  /** Who has to come together from now on, in words; null where that stays. */
  readonly together: string | null
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
  target: (file: PolicyFile) => KeyGroups,
  world: Opener & { readonly clock: Clock },
): Promise<Rewrapping[]> {
  const changes: Rewrapping[] = []
  for (const file of files) {
    const { path, bytes } = file
    const wanted = located(path, () => target(file))
    if (sameGroups(file.keyGroups, wanted)) continue
    const everybody = everybodyIn(wanted)
    const added = everybody.filter((key) => !file.recipients.includes(key))
    const removed = file.recipients.filter((key) => !everybody.includes(key))
    const newDataKey = !onlyAdds(file.keyGroups, wanted)
    const after = newDataKey
      ? (await reseal({ path, bytes, keyGroups: () => wanted }, world)).after
      : await wrapMore(file, wanted, world)
    const words = wordsForGroups(wanted)
    const together = words === wordsForGroups(file.keyGroups) ? null : (words ?? 'one recipient alone')
    changes.push({ path, before: bytes, after, added, removed, newDataKey, together })
  }
  return changes
}

/** Whether everybody stays where they are: otherwise somebody may have kept more of the data key than is theirs. */
function onlyAdds(before: KeyGroups, after: KeyGroups): boolean {
  if (before.groups.length !== after.groups.length || before.threshold !== after.threshold) return false
  return before.groups.every((members, at) => members.every((member) => after.groups[at]!.includes(member)))
}

/** Every other line of the file stays as it is. The file is opened whole: what is not authentic is not to be handed on. */
async function wrapMore({ path, bytes, recipients }: PolicyFile, wanted: KeyGroups, world: Opener) {
  const opened = await unlockBytes(bytes, { path, quotes: 'literal', anyName: true }, world)
  if (opened.file.metadata.shares !== null) return wrapOtherShares(opened, wanted)
  const added = everybodyIn(wanted).filter((key) => !recipients.includes(key))
  if (recipients.length + added.length > RECIPIENTS)
    throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`, { file: path })
  const { wrappedKeys } = await wrapKeys(opened.dataKey, { recipients: added.map(parseRecipient) })
  return printEncryptedFile(withKeys(opened.file, wrappedKeys))
}

/** Nobody has the share of a group at hand alone, so all groups get other ones. */
async function wrapOtherShares({ file, dataKey }: OpenedFile, wanted: KeyGroups): Promise<Uint8Array> {
  const { foreign } = file.metadata
  if (foreign.length > 0)
    throw new SealwardError('unsupported', `other shares of the data key cannot be wrapped for ${foreign.join(', ')}`, {
      hint: 'use sops for this file, or remove those recipients there first',
    })
  const { shares } = await wrapKeys(dataKey, readersOf(wanted))
  return printEncryptedFile(withShares(file, shares!))
}

function located<Found>(path: string, work: () => Found): Found {
  try {
    return work()
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}
