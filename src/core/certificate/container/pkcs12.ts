import type { KeyObject } from 'node:crypto'
import { type Certificate, readCertificate } from '../certificate.ts'
import { bytesOf, contentOf, type Element, insideOf, onlyElement, partsOf, TAG } from '../der/element.ts'
import { numberOf, objectIdOf } from '../der/values.ts'
import { readPkcs8 } from '../private-key.ts'
import { type Container, containerOf, groupOf, type Problem, UNREADABLE_CERTIFICATE } from './container.ts'
import { decryptWithPassword, openPrivateKey } from './password-encryption.ts'
import type { Passwords } from './passwords.ts'

const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  nested: '1.2.840.113549.1.12.10.1.6',
} as const
const VERSION = 3
const ENCRYPTED_CONTENT = 0x80
const MAX_BAGS = 1000
const MAX_DEPTH = 4

const LOCKED = {
  message: 'a part of the PKCS#12 file is locked: no password at hand opens it, or its cipher is unknown',
  hint: 'name the variable with its password in sealward.yml',
  line: null,
}

const UNREADABLE = { ...UNREADABLE_CERTIFICATE, line: null }

/** What the bags gave. */
interface Contents {
  readonly certificates: Certificate[]
  readonly keys: KeyObject[]
  readonly problems: Problem[]
}

/**
 * Reads certificates and private keys out of a PKCS#12 file (RFC 7292): modern ones and those of old tools. Its MAC is not asked: it proves
 * to whoever typed the password that nobody changed the file, and git does that here. DER only; the BER that NSS writes is not read.
 *
 * @returns null when the bytes are no such file
 */
export function readPkcs12(bytes: Uint8Array, passwords: Passwords): Container | null {
  const [version, safe] = partsOf(onlyElement(bytes))
  const [type, content] = partsOf(safe)
  if (numberOf(version) !== VERSION || objectIdOf(type) !== DATA) return null
  const contents: Contents = { certificates: [], keys: [], problems: [] }
  const bags = partsOf(insideOf(insideOf(content))).flatMap((info) => bagsIn(info, passwords, contents))
  for (const bag of bags.slice(0, MAX_BAGS)) open(bag, passwords, contents)
  const certificates = contents.certificates.map((certificate) => ({ certificate, line: null }))
  return containerOf('pkcs12', {
    groups:
      certificates.length + contents.keys.length === 0
        ? []
        : [groupOf({ name: '', certificates, keys: contents.keys })],
    problems: [...new Set(contents.problems)],
  })
}

/** @returns the bags of one ContentInfo, each with the depth at which it lies */
function bagsIn(info: Element, passwords: Passwords, { problems }: Contents): Bag[] {
  const [type, content] = partsOf(info)
  if (objectIdOf(type) === DATA) return bagsOf(insideOf(insideOf(content)), 0)
  const plain = objectIdOf(type) === ENCRYPTED_DATA ? decrypted(insideOf(content), passwords) : null
  if (plain === null) problems.push(LOCKED)
  return bagsOf(plain === null ? null : onlyElement(plain), 0)
}

function decrypted(data: Element | undefined, passwords: Passwords): Uint8Array | null {
  const [, algorithm, encrypted] = partsOf(partsOf(data)[1])
  return decryptWithPassword(algorithm, contentOf(encrypted, ENCRYPTED_CONTENT), passwords)
}

interface Bag {
  readonly type: string
  readonly value: Element | undefined
}

function bagsOf(list: Element | null | undefined, depth: number): Bag[] {
  return partsOf(list).flatMap((bag): Bag[] => {
    const [id, value] = partsOf(bag)
    const type = objectIdOf(id)
    if (type === BAG.nested) return depth < MAX_DEPTH ? bagsOf(insideOf(value), depth + 1) : []
    return [{ type, value: insideOf(value) }]
  })
}

function open({ type, value }: Bag, passwords: Passwords, { certificates, keys, problems }: Contents): void {
  if (type === BAG.certificate) {
    const [id, content] = partsOf(value)
    if (objectIdOf(id) !== X509_CERTIFICATE) return
    const certificate = readCertificate(contentOf(insideOf(content), TAG.octetString))
    if (certificate === null) problems.push(UNREADABLE)
    else certificates.push(certificate)
  }
  if (value === undefined || (type !== BAG.key && type !== BAG.shroudedKey)) return
  const pkcs8 = type === BAG.key ? bytesOf(value) : openPrivateKey(bytesOf(value), passwords)
  const key = pkcs8 === null ? null : readPkcs8(pkcs8)
  if (key === null) problems.push(LOCKED)
  else keys.push(key)
}
