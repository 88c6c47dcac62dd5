import type { Buffer } from 'node:buffer'
import { decodeBase64 } from '../age/reader/base64.ts'
import { ifReadable } from '../if-readable.ts'
import { SshReader } from '../signature/ssh/wire.ts'
import { fromSeconds } from './dates.ts'
import type { Expiry, Life } from './expiry.ts'
import type { Piece } from './piece.ts'

/** How many strings the public key takes behind the nonce: PROTOCOL.certkeys, and PROTOCOL.u2f for the security keys. */
const KEY_STRINGS: Readonly<Record<string, number>> = {
  'ssh-rsa-cert-v01@openssh.com': 2,
  'rsa-sha2-256-cert-v01@openssh.com': 2,
  'rsa-sha2-512-cert-v01@openssh.com': 2,
  'ssh-dss-cert-v01@openssh.com': 4,
  'ecdsa-sha2-nistp256-cert-v01@openssh.com': 2,
  'ecdsa-sha2-nistp384-cert-v01@openssh.com': 2,
  'ecdsa-sha2-nistp521-cert-v01@openssh.com': 2,
  'ssh-ed25519-cert-v01@openssh.com': 1,
  'sk-ecdsa-sha2-nistp256-cert-v01@openssh.com': 3,
  'sk-ssh-ed25519-cert-v01@openssh.com': 2,
}
const HOLDERS: Readonly<Record<number, string>> = { 1: 'an SSH user certificate', 2: 'an SSH host certificate' }
/** The length of the name of a type is below 256, so three bytes of it are zero. The name itself says whether it is a certificate. */
const BLOB = /(?<![A-Za-z0-9+/])AAAA[A-Za-z0-9+/]+={0,2}/g

/** Certificates of OpenSSH, with or without the type in front and a comment behind. */
export function sshCertificates({ text }: Piece): readonly Expiry[] {
  if (!text.includes('AAAA')) return []
  return Array.from(text.matchAll(BLOB), ([base64]) => decodeBase64(base64, 'padded'))
    .map((blob) => (blob === null ? null : ifReadable(() => readCertificate(blob))))
    .filter((expiry) => expiry !== null)
}

/** PROTOCOL.certkeys, up to the dates; what follows them is only counted. */
function readCertificate(blob: Buffer): Expiry | null {
  const reader = new SshReader(blob)
  const type = reader.name()
  if (!Object.hasOwn(KEY_STRINGS, type)) return null
  skipStrings(reader, 1 + KEY_STRINGS[type]!)
  reader.take(8)
  const what = HOLDERS[reader.uint32()]
  skipStrings(reader, 2)
  const life = readLife(reader)
  skipStrings(reader, 5)
  reader.end()
  if (what === undefined) return null
  return { kind: 'ssh-certificate', what, ...life, lives: null, advice: 'Have the key signed again by its authority.' }
}

/** Zero is the beginning of time and 2^64 - 1 its end. */
function readLife(reader: SshReader): Life {
  const [after, before] = [reader.take(8).readBigUInt64BE(), reader.take(8).readBigUInt64BE()]
  return { notBefore: after === 0n ? null : fromSeconds(Number(after)), notAfter: fromSeconds(Number(before)) }
}

function skipStrings(reader: SshReader, count: number): void {
  for (let done = 0; done < count; done += 1) reader.string()
}
