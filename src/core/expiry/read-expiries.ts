import type { Expiry, ExpiryReader } from './expiry.ts'
import { openpgpKeys } from './openpgp/openpgp-keys.ts'
import { piecesOf } from './piece.ts'
import { sshCertificates } from './ssh-certificate.ts'
import { credentialsJson } from './token/credentials-json.ts'
import { jsonWebTokens } from './token/jwt.ts'
import { pasetoTokens } from './token/paseto.ts'
import { shortLived } from './token/short-lived.ts'
import { azureSas } from './url/azure-sas.ts'
import { cloudfrontUrls } from './url/cloudfront.ts'
import { gcsUrls } from './url/gcs.ts'
import { s3Urls } from './url/s3.ts'

const READERS: readonly ExpiryReader[] = [
  jsonWebTokens,
  pasetoTokens,
  sshCertificates,
  openpgpKeys,
  azureSas,
  s3Urls,
  gcsUrls,
  cloudfrontUrls,
  credentialsJson,
  shortLived,
]

/** What a value of a file may have, and more than any of these is long. */
const LONGEST = 1024 * 1024
/** A key ring is the longest list that people keep in a variable. */
const MOST = 100

/**
 * Reads out of a decrypted value when it, or what is in it, ends: also behind quotes, escapes, `Bearer `, base64, in JSON, in URLs and
 * in connection strings. X.509 certificates are the business of core/certificate.
 *
 * @param name of the variable: a few names say more than their values do
 * @returns nothing for a value that says nothing, or is longer than 1 MiB; things of one kind that begin and end together once.
 * Never throws.
 */
export function readExpiries(name: string, value: string): readonly Expiry[] {
  if (value.length > LONGEST) return []
  const found = new Map<string, Expiry>()
  for (const piece of piecesOf(name, value)) {
    for (const expiry of READERS.flatMap((read) => read(piece))) {
      const { kind, what, notBefore, notAfter } = expiry
      found.set(JSON.stringify([kind, what, notBefore, notAfter]), expiry)
      if (found.size === MOST) return [...found.values()]
    }
  }
  return [...found.values()]
}
