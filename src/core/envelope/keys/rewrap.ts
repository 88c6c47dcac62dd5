import type { Recipient } from '../../age/recipient.ts'
import type { Document } from '../../dotenv/document.ts'
import { SealwardError } from '../../errors.ts'
import type { OpenedFile } from '../decrypt.ts'
import { type Envelope, encryptAnew, encryptOver, type NewlyEncrypted } from '../encrypt.ts'
import type { EncryptedFile } from '../file.ts'
import { RECIPIENTS } from '../limits.ts'
import {
  isKeyLine,
  printShares,
  printThreshold,
  printWrappedKeys,
  type Shares,
  type WrappedKey,
} from '../text/metadata.ts'
import { wrapForAll } from './data-key.ts'

export interface Rewrapped {
  /** null when nothing changed at all. */
  readonly file: EncryptedFile | null
  /** Whether every line changed, because somebody was taken off the list. */
  readonly newDataKey: boolean
}

/**
 * Encrypts a document over an opened file, for new recipients where they are given. Adding a recipient wraps the same data key once
 * more; taking one away draws a new data key, because they may have kept the old one, and so does giving several key groups up.
 * docs/format.md section 6.
 *
 * @throws SealwardError unsupported when a new data key is needed and recipients of other kinds are in the file; limit; whatever
 *   encrypting throws
 */
export async function rewrap(
  opened: OpenedFile,
  document: Document,
  change: { readonly recipients: readonly Recipient[] | null; readonly now: Date },
): Promise<Rewrapped> {
  const { metadata } = opened.file
  const wanted = change.recipients
  const over = () => encryptOver(opened, document, change.now)
  if (wanted === null) return { file: await over(), newDataKey: false }
  const before = new Set(metadata.wrappedKeys.map(({ recipient }) => recipient))
  const after = new Set(wanted.map(({ text }) => text))
  if (metadata.shares !== null || [...before].some((recipient) => !after.has(recipient)))
    return {
      file: (await replaceKey(opened, document, { recipients: wanted, now: change.now })).file,
      newDataKey: true,
    }
  const fresh = wanted.filter(({ text }) => !before.has(text))
  if (fresh.length === 0) return { file: await over(), newDataKey: false }
  if (metadata.wrappedKeys.length + fresh.length > RECIPIENTS)
    throw new SealwardError('limit', `more than ${RECIPIENTS} recipients`)
  const added = await wrapForAll(opened.dataKey, fresh)
  return { file: withKeys((await over()) ?? opened.file, added), newDataKey: false }
}

/**
 * Encrypts a document under a new data key, with the rule of the file that was opened.
 *
 * @throws SealwardError unsupported when recipients of other kinds are in the file; whatever encrypting throws
 */
export async function replaceKey(
  opened: OpenedFile,
  document: Document,
  change: Pick<Envelope, 'recipients' | 'keyGroups'> & { readonly now: Date },
): Promise<NewlyEncrypted> {
  const { rule, macOnlyEncrypted, foreign } = opened.file.metadata
  if (foreign.length > 0)
    throw new SealwardError(
      'unsupported',
      `taking a recipient away needs a new data key, which cannot be wrapped for ${foreign.join(', ')}`,
      {
        hint: 'use sops for this file, or remove those recipients there first',
      },
    )
  const { now, ...readers } = change
  return encryptAnew(document, { ...readers, rule, macOnlyEncrypted, knownNames: opened.variables }, now)
}

/**
 * Puts further wrapped keys behind those of the file; every other line stays as and where it is.
 *
 * @throws SealwardError unsupported for a file of several key groups, where a data key alone means nothing
 */
export function withKeys(file: EncryptedFile, added: readonly WrappedKey[]): EncryptedFile {
  if (added.length === 0) return file
  const { lines, metadata } = file
  const { wrappedKeys } = metadata
  if (metadata.shares !== null) throw new SealwardError('unsupported', 'the file has several key groups')
  // Beside recipients at the top those of a group would count no more.
  const atTop = lines.metadata.map((line) => ({ ...line, name: line.name.replace(/^key_groups__list_0__map_/, '') }))
  const end = atTop.findLastIndex(({ name }) => name.startsWith('age__list_')) + 1
  const fresh = printWrappedKeys(added, wrappedKeys.length)
  return {
    metadata: { ...metadata, wrappedKeys: [...wrappedKeys, ...added] },
    lines: { body: lines.body, metadata: atTop.toSpliced(end, 0, ...fresh) },
  }
}

/** Puts other shares of the same data key in the place of those of the file; every other line stays. */
export function withShares({ lines, metadata }: EncryptedFile, shares: Shares): EncryptedFile {
  const kept = lines.metadata.filter((line) => !isKeyLine(line))
  const wrappedKeys = shares.groups.flatMap((group) => group.wrappedKeys)
  return {
    metadata: { ...metadata, wrappedKeys, shares },
    lines: { body: lines.body, metadata: [...printShares(shares), printThreshold(shares), ...kept] },
  }
}
