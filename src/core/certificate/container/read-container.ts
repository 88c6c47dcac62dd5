import { Buffer } from 'node:buffer'
import { readCertificate } from '../certificate.ts'
import { readRevocationList } from '../revocation-list.ts'
import { type Container, containerOf, groupOf } from './container.ts'
import { readJavaKeystore } from './java-keystore.ts'
import { readKubeconfig } from './kubeconfig.ts'
import { type Passwords, passwordsOf } from './passwords.ts'
import { readPem } from './pem.ts'
import { readPkcs12 } from './pkcs12.ts'

const MAX_BYTES = 10 * 1024 * 1024
const MAX_DEPTH = 2
const SHORTEST_BASE64 = 64
const BASE64 = /^[A-Za-z0-9+/_\s-]+={0,2}$/
const SEQUENCE = 0x30

/**
 * Reads what certificates are kept in: PEM, DER, PKCS#12, JKS, JCEKS, kubeconfig, and base64 of any of them, at most twice. It never throws,
 * whatever the input is, and its work is bounded: 10 MiB, and so many rounds of deriving keys.
 *
 * @param input a file, or the value of a variable
 * @param passwords to try; the empty one always is
 * @returns null when it is none of these
 */
export function readContainer(input: Uint8Array | string, passwords: readonly string[] = []): Container | null {
  if (input.length > MAX_BYTES) return null
  return readAny(input, passwordsOf(passwords), 0)
}

function readAny(input: Uint8Array | string, passwords: Passwords, depth: number): Container | null {
  if (typeof input === 'string') return readText(input, passwords, depth)
  return readBinary(input, passwords) ?? readText(Buffer.from(input).toString('utf8'), passwords, depth)
}

function readBinary(bytes: Uint8Array, passwords: Passwords): Container | null {
  if (bytes[0] !== SEQUENCE) return readJavaKeystore(bytes)
  return readDer(bytes) ?? readPkcs12(bytes, passwords)
}

function readDer(bytes: Uint8Array): Container | null {
  const certificate = readCertificate(bytes)
  if (certificate !== null) {
    return containerOf('der', {
      groups: [groupOf({ name: '', certificates: [{ certificate, line: null }], keys: [] })],
    })
  }
  const list = readRevocationList(bytes)
  return list === null ? null : containerOf('der', { lists: [list] })
}

function readText(text: string, passwords: Passwords, depth: number): Container | null {
  return readPem(text, passwords) ?? readKubeconfig(text, passwords) ?? readBase64(text, passwords, depth)
}

function readBase64(text: string, passwords: Passwords, depth: number): Container | null {
  const trimmed = text.trim()
  if (depth >= MAX_DEPTH || trimmed.length < SHORTEST_BASE64 || !BASE64.test(trimmed)) return null
  const container = readAny(Buffer.from(trimmed, 'base64'), passwords, depth + 1)
  return container === null ? null : withoutLines(container)
}

/** A line of what was decoded is no line of the file. */
function withoutLines(container: Container): Container {
  const groups = container.groups.map((group) => ({
    ...group,
    certificates: group.certificates.map(({ certificate }) => ({ certificate, line: null })),
  }))
  return { ...container, groups, problems: container.problems.map((problem) => ({ ...problem, line: null })) }
}
