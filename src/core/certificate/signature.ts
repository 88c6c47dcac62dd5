import { type KeyObject, verify } from 'node:crypto'
import { contentOf, type Element, partsOf, TAG } from './der/element.ts'
import { objectIdOf } from './der/values.ts'

/** The digest of a signature algorithm. `none`: the algorithm has its own. `unknown`: not in the table. */
export type Digest = 'md2' | 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'none' | 'unknown'

/** RFC 3279, 4055, 5758, 8410. */
const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.1.1.2': 'md2',
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.3.14.3.2.29': 'sha1',
  '1.2.840.10040.4.3': 'sha1',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': 'none',
  '1.3.101.113': 'none',
}

const RSA_PSS = '1.2.840.113549.1.1.10'
const HASHES: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const PSS_HASH = 0xa0

/** @param algorithm an AlgorithmIdentifier */
export function digestOf(algorithm: Element | undefined): Digest {
  const [id, parameters] = partsOf(algorithm)
  const name = objectIdOf(id)
  return name === RSA_PSS ? digestOfPss(parameters) : (DIGESTS[name] ?? 'unknown')
}

/** What is left out of the parameters of RSASSA-PSS is SHA-1 (RFC 4055 section 3.1). */
function digestOfPss(parameters: Element | undefined): Digest {
  const hash = partsOf(parameters).find(({ tag }) => tag === PSS_HASH)
  if (hash === undefined) return 'sha1'
  return HASHES[objectIdOf(partsOf(partsOf(hash)[0])[0])] ?? 'unknown'
}

/** What a certificate and a revocation list have in common: what is signed, how, and the signature. */
export interface Signed {
  readonly body: Uint8Array
  readonly algorithm: Element | undefined
  readonly signature: Element | undefined
}

/** @returns null when the algorithm is not in the table, RSASSA-PSS among them */
export function verifySignature({ body, algorithm, signature }: Signed, key: KeyObject): boolean | null {
  const digest = DIGESTS[objectIdOf(partsOf(algorithm)[0])] ?? 'unknown'
  if (digest === 'unknown') return null
  try {
    // The first octet of a BIT STRING counts unused bits; a signature has none.
    return verify(digest === 'none' ? null : digest, body, key, contentOf(signature, TAG.bitString).subarray(1))
  } catch {
    return null
  }
}
