import { Buffer } from 'node:buffer'
import { readCertificate } from '../certificate.ts'
import {
  type CertificateGroup,
  type Container,
  containerOf,
  groupOf,
  type PlacedCertificate,
  type Problem,
  UNREADABLE_CERTIFICATE,
} from './container.ts'

const KINDS: ReadonlyMap<number | null, 'jks' | 'jceks'> = new Map([
  [0xfeedfeed, 'jks'],
  [0xcececece, 'jceks'],
])
const DIGEST_BYTES = 20
const MAX_ENTRIES = 1000
const MAX_CHAIN = 100
const ENTRY = { key: 1, trusted: 2, sealed: 3 } as const

const DAMAGED = {
  message: 'the keystore is damaged: what it says of its size is not true',
  hint: 'make it again',
  line: null,
}
const MARKER = Buffer.from('\0\x05X.509', 'latin1')
const LENGTH_BYTES = 4

/**
 * Reads the certificates of a Java keystore, JKS or JCEKS. They are not encrypted, so no password is needed; the private keys stay closed,
 * and so does the digest at the end, which a password is part of. A secret key of a JCEKS is a serialised Java object without a length:
 * what follows one is searched for certificates, and is one group.
 *
 * @returns null when the bytes are no such file
 */
export function readJavaKeystore(bytes: Uint8Array): Container | null {
  const input = new Input(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const kind = KINDS.get(input.number())
  const version = input.number()
  const count = input.number()
  if (kind === undefined || count === null || (version !== 1 && version !== 2)) return null
  const groups: CertificateGroup[] = []
  const problems: Problem[] = []
  for (let entry = 0; entry < Math.min(count, MAX_ENTRIES) && problems.length === 0 && !input.isAtEnd; entry += 1) {
    const group = readEntry(input, version, problems)
    if (group !== null) groups.push(group)
  }
  return containerOf(kind, { groups, problems })
}

function readEntry(input: Input, version: number, problems: Problem[]): CertificateGroup | null {
  const tag = input.number()
  const name = input.text()
  input.bytes(8)
  if (tag === ENTRY.sealed) return groupOf({ name: '', certificates: searchFor(input.rest()), keys: [] })
  if (tag === ENTRY.key) input.bytes(input.number())
  const length = tag === ENTRY.key ? input.number() : tag === ENTRY.trusted ? 1 : null
  const raw = length === null || length > MAX_CHAIN ? null : readChain(input, length, version)
  if (name === null || raw === null) {
    problems.push(DAMAGED)
    return null
  }
  const certificates = raw.map(readCertificate)
  if (certificates.includes(null)) problems.push({ ...UNREADABLE_CERTIFICATE, line: null })
  return {
    name,
    role: tag === ENTRY.key ? 'presented' : 'trusted',
    certificates: certificates.flatMap((certificate) => (certificate === null ? [] : [{ certificate, line: null }])),
    keys: [],
  }
}

function searchFor(bytes: Buffer): PlacedCertificate[] {
  const found: PlacedCertificate[] = []
  for (let at = bytes.indexOf(MARKER); at >= 0 && found.length < MAX_ENTRIES; at = bytes.indexOf(MARKER, at + 1)) {
    const start = at + MARKER.length + LENGTH_BYTES
    if (start > bytes.length) break
    const certificate = readCertificate(bytes.subarray(start, start + bytes.readUInt32BE(start - LENGTH_BYTES)))
    if (certificate !== null) found.push({ certificate, line: null })
  }
  return found
}

/** Since version 2 each certificate has the name of its kind before it. */
function readChain(input: Input, length: number, version: number): Uint8Array[] | null {
  const chain: Uint8Array[] = []
  for (let index = 0; index < length; index += 1) {
    const kind = version === 1 ? 'X.509' : input.text()
    const bytes = input.bytes(input.number())
    if (kind !== 'X.509' || bytes === null) return null
    chain.push(bytes)
  }
  return chain
}

/** Reads Java's DataOutputStream. After the end, and after anything that was too long, everything is null. */
class Input {
  readonly #bytes: Buffer
  #offset = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length - DIGEST_BYTES
  }

  /** @returns an unsigned integer of 32 bits */
  number(): number | null {
    return this.bytes(4)?.readUInt32BE() ?? null
  }

  /** @returns what is left; nothing is left after it */
  rest(): Buffer {
    const left = this.#bytes.length - DIGEST_BYTES - this.#offset
    return this.bytes(Math.max(0, left)) ?? Buffer.alloc(0)
  }

  /** Java's modified UTF-8 differs for NUL and beyond the basic plane only: there a replacement character appears. */
  text(): string | null {
    const length = this.bytes(2)?.readUInt16BE() ?? null
    return this.bytes(length)?.toString('utf8') ?? null
  }

  bytes(length: number | null): Buffer | null {
    const end = this.#offset + (length ?? Number.POSITIVE_INFINITY)
    const isThere = end <= this.#bytes.length - DIGEST_BYTES
    const start = this.#offset
    this.#offset = isThere ? end : Number.POSITIVE_INFINITY
    return isThere ? this.#bytes.subarray(start, end) : null
  }
}
