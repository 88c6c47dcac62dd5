import { createHash, createHmac } from 'node:crypto'
import { messageOf } from '../signature/subject.ts'

const CHARACTERS = 32

/** The digest of an encrypted file, the same before and after a checkout that put CRs before its LFs. */
export function digestOf(file: Uint8Array): string {
  return createHash('sha256').update(messageOf(file)).digest('hex')
}

/** The fingerprint of a recipient, which is public: 32 hexadecimal digits. */
export function fingerprintOf(recipient: string): string {
  return createHash('sha256').update(`sealward recipient\n${recipient}`).digest('hex').slice(0, CHARACTERS)
}

/** The mark of a data key: keyed with the key itself, so that only who has it can make the mark. */
export function markOfDataKey(dataKey: Uint8Array): string {
  return createHmac('sha256', dataKey).update('sealward ledger: data key').digest('hex').slice(0, CHARACTERS)
}

/**
 * The mark of a value, keyed with the data key of its file. A plain digest of a value can be guessed by who tries values; this one only by
 * who can open the file, and so has the value anyway.
 */
export function markOfValue(dataKey: Uint8Array, name: string, value: string): string {
  const text = JSON.stringify([name, value.toWellFormed()])
  return createHmac('sha256', dataKey).update(`sealward ledger: value\n${text}`).digest('hex').slice(0, CHARACTERS)
}

/** A name as the policy has it shown: `hashed` keeps it from being read, and not from being guessed. */
export function markOfName(name: string): string {
  return `name-${createHash('sha256').update(`sealward name\n${name}`).digest('hex').slice(0, 12)}`
}
