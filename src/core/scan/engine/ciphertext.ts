import type { ScanText } from './scan-text.ts'
import type { Span } from './tokens/match-token.ts'

/** An age file for a hybrid recipient, armored, is 3 KB; a value of an encrypted file is seldom longer. */
const REACH = 16 * 1024

const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----'
/** Its lines, or as one line with the line ends escaped, as dotenv and JSON hold it. */
const ARMOR_BEFORE = /^[A-Za-z0-9+/=\\\s]*$/
const ARMOR_BEHIND = /^[A-Za-z0-9+/=\\\s]*-----END AGE ENCRYPTED FILE-----/
/** A value as SOPS encrypts it. */
const VALUE_BEFORE = /ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*(?:,(?:iv|tag):[A-Za-z0-9+/=]*)*$/
const VALUE_BEHIND = /^[A-Za-z0-9+/=]*(?:,(?:iv|tag):[A-Za-z0-9+/=]+)*,type:[a-z]{1,10}\]/

/**
 * Whether a place is within something encrypted: a value of SOPS or an armored age file. It is drawn at random, so that sooner or later it
 * has every shape in it, and none of them is a secret.
 */
export function isCiphertext(text: ScanText, { start, end }: Span): boolean {
  const before = text.slice(start - REACH, start)
  const behind = () => text.slice(end, end + REACH)
  const begin = before.lastIndexOf(BEGIN)
  if (begin >= 0 && ARMOR_BEFORE.test(before.slice(begin + BEGIN.length))) return ARMOR_BEHIND.test(behind())
  const value = before.lastIndexOf('ENC[')
  return value >= 0 && VALUE_BEFORE.test(before.slice(value)) && VALUE_BEHIND.test(behind())
}
