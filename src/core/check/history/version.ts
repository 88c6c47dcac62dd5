import { parseDotenv } from '../../dotenv/parse.ts'
import type { OpenedFile } from '../../envelope/decrypt.ts'
import { type EncryptedFile, isEncryptedFile, parseEncryptedFile } from '../../envelope/file.ts'
import { everybodyIn, type KeyGroups } from '../../envelope/keys/key-groups.ts'
import { unescapeLine } from '../../envelope/text/lines.ts'
import { keyGroupsOf } from '../../envelope/text/metadata.ts'
import { looksSealed } from '../../envelope/values/sealed.ts'
import { nullIfOurs } from '../../errors.ts'

/** One content of a file in history, as far as it could be read. */
export interface Version {
  readonly values: ReadonlyMap<string, Content>
  /** Empty for a file that is not encrypted. */
  readonly recipients: readonly string[]
  /** The same, with who has to come together; absent where each opens it alone. */
  readonly keyGroups?: KeyGroups
  /** The data key, wrapped: two versions with one of these in common have the same data key. */
  readonly wrapped: ReadonlySet<string>
}

/** What a version has for one variable. */
export interface Content {
  /** Null for ciphertext that nobody opened. */
  readonly value: string | null
  /** The ciphertext; null for a value that is not encrypted. */
  readonly sealed: string | null
  readonly version: Version
}

/** Whether two contents are one value: `unknown` where a new data key has changed every line, and nobody can look inside. */
export type Likeness = 'same' | 'changed' | 'unknown'

/**
 * Reads a version without a key.
 *
 * @returns the encrypted file too, to be opened; null for what is neither an encrypted file nor a .env, such as one with conflict markers
 */
export function readVersion(
  bytes: Uint8Array,
): { readonly version: Version; readonly file: EncryptedFile | null } | null {
  try {
    if (!isEncryptedFile(bytes)) return { version: plainVersion(bytes), file: null }
    const file = parseEncryptedFile(bytes, { anyName: true })
    return { version: sealedVersion(file, null), file }
  } catch (error) {
    return nullIfOurs(error)
  }
}

/** The same version with its values. */
export function openedVersion(opened: OpenedFile): Version {
  return sealedVersion(opened.file, opened)
}

/**
 * Compares what two versions have for one variable.
 *
 * Without values, ciphertext tells. The same ciphertext is the same value. Another one under the same data key is another value, because
 * writers of this format keep a line whose value stays (docs/format.md section 4). Under another data key every line is new, which says
 * nothing about any of them.
 */
export function compareContents(one: Content, other: Content): Likeness {
  if (one.value !== null && other.value !== null) return one.value === other.value ? 'same' : 'changed'
  if (one.sealed !== null && one.sealed === other.sealed) return 'same'
  return haveSameDataKey(one.version, other.version) ? 'changed' : 'unknown'
}

/** False where nothing proves it: wrapped anew for everybody, and no line as it was. */
export function haveSameDataKey(one: Version, other: Version): boolean {
  if (one === other) return true
  for (const wrapped of one.wrapped) if (other.wrapped.has(wrapped)) return true
  for (const [name, { sealed }] of one.values)
    if (sealed !== null && other.values.get(name)?.sealed === sealed) return true
  return false
}

function plainVersion(bytes: Uint8Array): Version {
  const values = new Map<string, Content>()
  const version: Version = { values, recipients: [], wrapped: new Set() }
  for (const line of parseDotenv(bytes, { anyName: true }))
    if (line.kind === 'entry') values.set(line.name, { value: line.value, sealed: null, version })
  return version
}

function sealedVersion({ lines, metadata }: EncryptedFile, opened: OpenedFile | null): Version {
  const values = new Map<string, Content>()
  const keyGroups = keyGroupsOf(metadata)
  const version: Version = {
    values,
    recipients: everybodyIn(keyGroups),
    ...(metadata.shares !== null && { keyGroups }),
    wrapped: new Set(metadata.wrappedKeys.map(({ armored }) => armored)),
  }
  for (const line of lines.body) {
    if (line.kind !== 'variable') continue
    const isSealed = looksSealed(line.stored)
    const read = opened?.variables.get(line.name)?.value
    const value = read ?? (isSealed ? null : unescapeLine(line.stored))
    values.set(line.name, { value, sealed: isSealed ? line.stored : null, version })
  }
  return version
}
