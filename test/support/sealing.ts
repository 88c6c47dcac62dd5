import { generateIdentity, type Identity, recipientOf } from '../../src/core/age/identity.ts'
import type { Recipient, RecipientKind } from '../../src/core/age/recipient.ts'
import type { Document } from '../../src/core/dotenv/document.ts'
import { type OpenedFile, openFile, type Quotes } from '../../src/core/envelope/decrypt.ts'
import { encryptNew } from '../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { searchDataKey } from '../../src/core/envelope/keys/data-key.ts'
import { DEFAULT_RULE, type Rule } from '../../src/core/envelope/values/rule.ts'
import { type ErrorCode, SealwardError } from '../../src/core/errors.ts'

/** Somebody who can open files. */
export interface Member {
  readonly identity: Identity
  readonly recipient: Recipient
}

export async function newMember(kind: RecipientKind = 'x25519'): Promise<Member> {
  const identity = await generateIdentity(kind)
  return { identity, recipient: await recipientOf(identity) }
}

export interface SealOptions {
  readonly rule?: Rule
  readonly macOnlyEncrypted?: boolean
  readonly now?: Date
}

/** The bytes of a new encrypted file. */
export async function seal(
  document: Document,
  members: readonly Member[],
  { rule = DEFAULT_RULE, macOnlyEncrypted = false, now = new Date('2026-01-02T03:04:05Z') }: SealOptions = {},
): Promise<Uint8Array> {
  const recipients = members.map(({ recipient }) => recipient)
  return printEncryptedFile(await encryptNew(document, { recipients, rule, macOnlyEncrypted }, now))
}

/** Reads, unwraps and opens, as the faces do. Throws what they would throw. */
export async function open(
  bytes: Uint8Array,
  identity: Identity,
  reading: { readonly anyName?: boolean; readonly quotes?: Quotes } = {},
): Promise<OpenedFile> {
  const file = parseEncryptedFile(bytes, reading)
  const dataKey = await (await searchDataKey(file.metadata)).take(identity)
  if (dataKey === null) throw new SealwardError('no-identity', 'the identity opens none of the wrapped keys')
  return openFile(file, dataKey, reading)
}

/** The error that a piece of work ends in; a failure of the test when it ends well, or in anything but a SealwardError. */
export async function refusal(work: () => unknown): Promise<SealwardError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof SealwardError) return error
    throw error
  }
  throw new Error('it was not refused')
}

export async function codeOf(work: () => unknown): Promise<ErrorCode> {
  return (await refusal(work)).code
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

/** The lines of a file, without the last LF. */
export function linesOf(bytes: Uint8Array): string[] {
  return textOf(bytes).slice(0, -1).split('\n')
}
