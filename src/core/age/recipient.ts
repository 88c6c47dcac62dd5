import { SealwardError } from '../errors.ts'
import { type Bech32, type Bech32Fault, decodeBech32 } from './bech32.ts'

export type RecipientKind = 'x25519' | 'hybrid'

/** Somebody to encrypt to: `age1...`, or the post-quantum `age1pq1...`. Its checksum and length were checked. */
export interface Recipient {
  readonly kind: RecipientKind
  readonly text: string
}

const FILE_LIMIT = 1024 * 1024

/**
 * Reads one recipient, exactly: no white space around it.
 *
 * @throws SealwardError recipient-invalid; the message never quotes the text, which may be a private key given by mistake
 */
export function parseRecipient(text: string): Recipient {
  const decoded = decodeBech32(text)
  if (isOf(decoded, 'age', 32)) return { kind: 'x25519', text }
  if (isOf(decoded, 'age1pq', 1216)) return { kind: 'hybrid', text }
  throw refusal(text, decoded)
}

/**
 * Reads a recipients file as age knows it: one a line, `#` starts a comment line, LF or CRLF. A line may also be a comma-separated
 * list, the form of SOPS_AGE_RECIPIENTS. A recipient that is listed twice is returned twice.
 *
 * @throws SealwardError recipient-invalid with the line's number, or limit past 1 MiB
 */
export function parseRecipients(text: string): Recipient[] {
  if (text.length > FILE_LIMIT) throw new SealwardError('limit', 'a recipients file is larger than 1 MiB')
  const lines = text.split('\n')
  // trim() also takes a byte order mark and the CR of a CRLF.
  return lines.flatMap((line, index) => parseLine(line.trim(), index + 1))
}

function parseLine(line: string, number: number): Recipient[] {
  if (line.startsWith('#')) return []
  const items = line.split(',').map((item) => item.trim())
  try {
    return items.filter((item) => item !== '').map(parseRecipient)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    throw new SealwardError(error.code, error.message, { hint: String(error.hint), line: number })
  }
}

function isOf(decoded: Bech32 | Bech32Fault, prefix: string, length: number): boolean {
  return typeof decoded !== 'string' && decoded.prefix === prefix && decoded.bytes.length === length
}

function refusal(text: string, decoded: Bech32 | Bech32Fault): SealwardError {
  const refuse = (message: string, hint: string) => new SealwardError('recipient-invalid', message, { hint })
  if (/AGE-(?:SECRET-KEY|PLUGIN)-/i.test(text))
    return refuse(
      'a private key was given where a public recipient belongs',
      'give the age1... line that stands beside it as its public key; `sealward keygen -y FILE` prints it',
    )
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text))
    return refuse('an SSH key as a recipient is not supported', 'make an age identity with `sealward keygen`')
  if (decoded === 'wrong checksum')
    return refuse('a recipient has a wrong checksum', 'it was mistyped or cut short: copy it again')
  if (typeof decoded !== 'string') return refusalOfPrefix(decoded.prefix, refuse)
  return refuse('not an age recipient', 'a recipient starts with age1 and is in lower case')
}

function refusalOfPrefix(prefix: string, refuse: (message: string, hint: string) => SealwardError): SealwardError {
  const native = 'give an age1... or age1pq1... recipient; `sealward keygen` makes one'
  if (/^age1tag(?:pq)?$/.test(prefix)) return refuse('a recipient of a hardware key (age1tag) is not supported', native)
  if (prefix === 'age' || prefix === 'age1pq')
    return refuse('a recipient has the wrong length', 'it is damaged: copy it again')
  if (prefix.startsWith('age1')) return refuse('a recipient of an age plugin is not supported', native)
  return refuse('not an age recipient', 'a recipient starts with age1 and is in lower case')
}
