import { randomBytes } from 'node:crypto'
import { SealwardError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { decodeBech32, encodeBech32 } from './bech32.ts'
import { describeBlock, describeWord } from './foreign.ts'
import { type X25519Key, x25519Key } from './reader/x25519.ts'
import { parseRecipient, type Recipient, type RecipientKind } from './recipient.ts'

/** A private key: the text `AGE-SECRET-KEY-1...`, or `AGE-SECRET-KEY-PQ-1...` for the hybrid kind. */
export interface Identity {
  readonly kind: RecipientKind
  readonly secret: Secret
}

export interface ParsedIdentities {
  readonly identities: readonly Identity[]
  /** What else was there, in words that hold none of it: `line 3: an SSH private key`. */
  readonly skipped: readonly string[]
}

const PREFIXES: Readonly<Record<RecipientKind, string>> = { x25519: 'age-secret-key-', hybrid: 'age-secret-key-pq-' }
const SCALAR_BYTES = 32
const FILE_LIMIT = 1024 * 1024
const SKIPPED_LIMIT = 16
const BLOCK_START = /^(?:-----BEGIN |age-encryption\.org\/)/

/**
 * Reads an identity file, or an environment variable with the same in it: identities divided by line ends or white space,
 * `#` starts a comment, LF or CRLF. What is no usable identity is skipped and described.
 *
 * @throws SealwardError limit past 1 MiB
 */
export function parseIdentities(text: string): ParsedIdentities {
  if (text.length > FILE_LIMIT) throw new SealwardError('limit', 'an identity file is larger than 1 MiB')
  const identities: Identity[] = []
  const skipped: string[] = []
  let block = false
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  for (const [index, line] of lines.entries()) {
    const skip = (what: string) => void skipped.push(`line ${index + 1}: ${what}`)
    if (BLOCK_START.test(line)) {
      block = true
      skip(describeBlock(line))
    }
    if (!block) {
      const foreign = takeIdentities(line, identities)
      if (foreign !== undefined) skip(foreign)
    }
    if (line.includes('-----END ')) block = false
  }
  const rest = skipped.splice(SKIPPED_LIMIT).length
  return { identities, skipped: rest === 0 ? skipped : [...skipped, `and ${rest} more lines`] }
}

/** Makes a new identity from the operating system's random numbers. */
export async function generateIdentity(kind: RecipientKind): Promise<Identity> {
  return identityFrom(kind, randomBytes(SCALAR_BYTES))
}

/** The identity that 32 bytes are: the reverse of `scalarOf`. */
export function identityFrom(kind: RecipientKind, scalar: Uint8Array): Identity {
  return { kind, secret: new Secret(encodeBech32(PREFIXES[kind], scalar).toUpperCase()) }
}

/**
 * The 32 bytes that an identity is, of either kind.
 *
 * @throws SealwardError identity-invalid when the identity did not come from this file
 */
export function scalarOf({ kind, secret }: Identity): Uint8Array {
  const scalar = decodeIdentity(secret.reveal(), kind)
  if (scalar === null) throw new SealwardError('identity-invalid', 'not an age identity of its kind')
  return scalar
}

/** The public half of an identity. A hybrid one loads age-encryption (60 ms). */
export async function recipientOf(identity: Identity): Promise<Recipient> {
  if (identity.kind === 'x25519') return { kind: 'x25519', text: encodeBech32('age', keyOf(identity).publicKey) }
  const { identityToRecipient } = await import('age-encryption')
  return parseRecipient(await identityToRecipient(identity.secret.reveal()))
}

/** An identity file in the form of age-keygen. The time is written in UTC. */
export function printIdentityFile(identity: Identity, recipient: Recipient, created: Date): string {
  const time = created.toISOString().replace(/\.\d+Z$/, 'Z')
  return `# created: ${time}\n# public key: ${recipient.text}\n${identity.secret.reveal()}\n`
}

const keys = new WeakMap<Identity, X25519Key>()

/**
 * The key of an X25519 identity, made on first use: one identity is tried on every wrapped key of every file.
 *
 * @throws SealwardError identity-invalid when the identity did not come from this file
 */
export function keyOf(identity: Identity): X25519Key {
  const known = keys.get(identity)
  if (known !== undefined) return known
  const scalar = decodeIdentity(identity.secret.reveal(), 'x25519')
  if (scalar === null) throw new SealwardError('identity-invalid', 'not an X25519 age identity')
  const key = x25519Key(scalar)
  keys.set(identity, key)
  return key
}

/** @returns what the first word is that is no identity, if there is one */
function takeIdentities(line: string, identities: Identity[]): string | undefined {
  const [content = ''] = line.split('#', 1)
  const foreign: string[] = []
  for (const word of content.split(/\s+/).filter((text) => text !== '')) {
    const identity = parseIdentity(word)
    if (identity === null) foreign.push(word)
    else identities.push(identity)
  }
  return foreign[0] === undefined ? undefined : describeWord(foreign[0])
}

function parseIdentity(word: string): Identity | null {
  for (const kind of ['x25519', 'hybrid'] as const)
    if (decodeIdentity(word, kind) !== null) return { kind, secret: new Secret(word) }
  return null
}

function decodeIdentity(text: string, kind: RecipientKind): Uint8Array | null {
  const decoded = decodeBech32(text)
  if (typeof decoded === 'string' || decoded.prefix !== PREFIXES[kind].toUpperCase()) return null
  return decoded.bytes.length === SCALAR_BYTES ? decoded.bytes : null
}
