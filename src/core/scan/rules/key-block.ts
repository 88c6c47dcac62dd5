import type { KeyMatch } from './private-key.ts'

/** The line that begins a key, of RFC 7468 (PEM), RFC 4880 (PGP), RFC 4716 (SSH2) or PuTTY's own file. */
const BEGIN =
  /-----BEGIN ((?:[A-Z0-9]{1,16} ){0,4})PRIVATE KEY( BLOCK)?-----|---- BEGIN (SSH2) (ENCRYPTED )?PRIVATE KEY ----|(PuTTY)-User-Key-File-[123]: /g

/** How much is read behind that line. The longest keys go on; what tells one from another is in here. */
const WINDOW = 4096
/** A line of an encoded key is 64 characters (70 in OpenSSH, 76 in MIME); the shortest whole key, Ed25519 in PKCS #8, is one of 64. */
const BODY_RUN = /[A-Za-z0-9+/]{40,}/g
const KNOWN_KINDS: Readonly<Record<string, string>> = {
  '': 'a private key (PKCS #8)',
  RSA: 'an RSA private key',
  EC: 'an EC private key',
  DSA: 'a DSA private key',
  OPENSSH: 'an OpenSSH private key',
  PGP: 'a PGP private key',
  ENCRYPTED: 'a private key (PKCS #8)',
  SSH2: 'an SSH2 private key',
  PuTTY: 'a PuTTY private key',
}
const UNDER_A_PASSPHRASE = ' under a passphrase: it is as safe as the passphrase is hard to guess'

/**
 * Blocks that begin like a private key and go on like one. A begin line alone, in a document or a parser, is none.
 *
 * Linear: a window ends where the next block begins, so no part of the text is looked at twice.
 */
export function findKeyBlocks(text: string): KeyMatch[] {
  const matches: KeyMatch[] = []
  for (const match of text.matchAll(BEGIN)) {
    const label = (match[1] ?? match[3] ?? match[5]!).trim()
    const window = windowBehind(text, match.index + match[0].length, label)
    const essence = bodyOf(label === 'PuTTY' ? privatePart(window) : window)
    if (essence === null) continue
    const locked = label === 'ENCRYPTED' || match[4] !== undefined || hasPassphrase(window, label, essence)
    const message = `${KNOWN_KINDS[label] ?? 'a private key'}${locked ? UNDER_A_PASSPHRASE : ''}`
    matches.push({ index: match.index, message, essence })
  }
  return matches
}

/**
 * What follows a begin line, up to the line that ends the block or begins the next. In source code and JSON a line end is
 * written `\n` and a slash may be `\/`.
 */
function windowBehind(text: string, from: number, label: string): string {
  const window = text.slice(from, from + WINDOW)
  const end = window.indexOf(label === 'PuTTY' ? 'PuTTY-User-Key-File-' : '----')
  return (end < 0 ? window : window.slice(0, end)).replace(/\\{1,4}[nrt]/g, '\n').replaceAll('\\/', '/')
}

/** A PuTTY file has the public key first. */
function privatePart(window: string): string {
  const start = window.indexOf('Private-Lines:')
  return start < 0 ? '' : window.slice(start)
}

/** The encoded lines as one text, or null when nothing there looks like the encoding of random bytes. */
function bodyOf(window: string): string | null {
  const runs = (window.match(BODY_RUN) ?? []).filter(looksRandom)
  return runs.length === 0 ? null : runs.join('')
}

/** `xxxx...`, `AAAA...`, a path or a row of words has few different characters, or one letter case. */
function looksRandom(run: string): boolean {
  return new Set(run).size >= 16 && /[A-Z]/.test(run) && /[a-z]/.test(run)
}

/** RFC 1421 headers of OpenSSL's old form, PuTTY's own header, and the cipher's name in an OpenSSH body (PROTOCOL.key). */
function hasPassphrase(window: string, label: string, essence: string): boolean {
  if (label === 'PuTTY') return /Encryption: (?!none\b)\w/.test(window)
  if (label !== 'OPENSSH') return /Proc-Type: ?4,ENCRYPTED/.test(window)
  const cipher = Buffer.from(essence.slice(0, 64), 'base64').subarray('openssh-key-v1\0'.length + 4)
  return !cipher.toString('latin1').startsWith('none')
}
