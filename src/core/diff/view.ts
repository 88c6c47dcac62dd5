import { createHash, createHmac } from 'node:crypto'
import type { OpenedFile } from '../envelope/decrypt.ts'
import type { EncryptedFile } from '../envelope/file.ts'
import { wordsForGroups } from '../envelope/keys/key-groups.ts'
import type { StoredLine } from '../envelope/text/lines.ts'
import { keyGroupsOf } from '../envelope/text/metadata.ts'
import { looksSealed } from '../envelope/values/sealed.ts'
import { printable } from '../report/printable.ts'

/** How values are shown: as digests under a key that never leaves the clone, or as they are. */
export type Showing = { readonly kind: 'masked'; readonly key: Uint8Array } | { readonly kind: 'revealed' }

/**
 * An opened file as lines of text for `git diff`, one for each line of it.
 *
 * A digest is bound to the name, so equal values under two names do not show; to no data key, so that a new one changes no line but its
 * own; and it is as long for a short value as for a long one. What stands in plain text in the file is shown as it is.
 */
export function viewOpened({ file, document, dataKey }: OpenedFile, showing: Showing): string {
  const show = (label: string, text: string) =>
    showing.kind === 'revealed' ? printable(text) : `[hidden ${keyedDigest(showing.key, `${label}\0${text}`)}]`
  const rows = file.lines.body.map((line, at) => {
    const meant = document[at]!
    if (line.kind === 'comment' && meant.kind === 'comment')
      return `#${looksSealed(line.stored) ? show('#', meant.text) : printable(meant.text)}`
    if (line.kind === 'variable' && meant.kind === 'entry')
      return `${printable(line.name)}=${looksSealed(line.stored) ? show(line.name, meant.value) : printable(meant.value)}`
    return ''
  })
  const key = showing.kind === 'masked' ? showing.key : new Uint8Array()
  return text([...rows, ...metadataRows(file), `[data key ${keyedDigest(key, Buffer.from(dataKey).toString('hex'))}]`])
}

/** The same without a key: names, and a digest of each ciphertext. `why` says why no value was read. */
export function viewSealed(file: EncryptedFile, why: string): string {
  return text([`[not opened: ${printable(why)}]`, ...file.lines.body.map(sealedRow), ...metadataRows(file)])
}

/** What is no encrypted file, such as one with conflict markers: that it changed, and nothing of what is in it. */
export function viewUnreadable(bytes: Uint8Array, why: string): string {
  return text([`[cannot be read: ${printable(why)}]`, `[content ${digest(bytes)}]`])
}

function sealedRow(line: StoredLine): string {
  if (line.kind === 'blank') return ''
  const shown = looksSealed(line.stored) ? `[encrypted ${digest(line.stored)}]` : printable(line.stored)
  return line.kind === 'comment' ? `#${shown}` : `${printable(line.name)}=${shown}`
}

function metadataRows({ metadata }: EncryptedFile): string[] {
  const { foreign, rule } = metadata
  const words = wordsForGroups(keyGroupsOf(metadata))
  return [
    '',
    ...(words === null ? [] : [`[needs ${words}]`]),
    ...recipientRows(metadata),
    ...foreign.map((kind) => `[recipients of ${kind}]`),
    `[rule ${rule.kind} ${printable(rule.pattern)}]`,
  ]
}

function recipientRows({ wrappedKeys, shares }: EncryptedFile['metadata']): string[] {
  if (shares === null) return wrappedKeys.map(({ recipient }) => `[recipient ${printable(recipient)}]`)
  return shares.groups.flatMap((group, at) =>
    group.wrappedKeys.map(({ recipient }) => `[recipient of group ${at + 1}: ${printable(recipient)}]`),
  )
}

const SHOWN_DIGITS = 12

function keyedDigest(key: Uint8Array, content: string): string {
  return createHmac('sha256', key).update(content, 'utf8').digest('hex').slice(0, SHOWN_DIGITS)
}

/** Of what everybody can read in the file. */
function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, SHOWN_DIGITS)
}

function text(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('')
}
