import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { fromAscii, fromBase64, Refusal, toAscii, toBase64, toUtf8 } from './bytes.ts'

export type PlainType = 'str' | 'int' | 'float' | 'bool' | 'bytes' | 'time' | 'comment'

const TYPES = ['str', 'int', 'float', 'bool', 'bytes', 'time', 'comment']

/** Section 4: what a ciphertext is made of. */
export interface PlainSealing {
  readonly key: Uint8Array
  readonly context: string
  readonly type: PlainType
  readonly ivBytes?: number
}

export function seal(plaintext: readonly number[], { key, context, type, ivBytes = 32 }: PlainSealing): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Uint8Array.from(toUtf8(context)))
  const data = [...cipher.update(Uint8Array.from(plaintext)), ...cipher.final()]
  return `ENC[AES256_GCM,data:${toBase64(data)},iv:${toBase64([...iv])},tag:${toBase64([...cipher.getAuthTag()])},type:${type}]`
}

/** Section 4, taken apart at its literal pieces. */
export function unseal(
  stored: readonly number[],
  key: Uint8Array,
  context: string,
): { text: number[]; type: PlainType } {
  let rest = toAscii(stored)
  const take = (before: string, end: string): string => {
    const at = rest.indexOf(end)
    if (!rest.startsWith(before) || at < before.length) throw new Refusal('malformed', 'the grammar of a ciphertext')
    const piece = rest.slice(before.length, at)
    rest = rest.slice(at)
    return piece
  }
  const data = fromBase64(take('ENC[AES256_GCM,data:', ',iv:'))
  const iv = fromBase64(take(',iv:', ',tag:'))
  const tag = fromBase64(take(',tag:', ',type:'))
  const type = take(',type:', ']')
  if (rest !== ']' || data.length === 0 || !TYPES.includes(type)) throw new Refusal('malformed', 'a ciphertext')
  if (iv.length < 12 || iv.length > 64 || tag.length !== 16) throw new Refusal('malformed', 'IV or tag')
  const decipher = createDecipheriv('aes-256-gcm', key, Uint8Array.from(iv))
  decipher.setAAD(Uint8Array.from(toUtf8(context)))
  decipher.setAuthTag(Uint8Array.from(tag))
  try {
    return { text: [...decipher.update(Uint8Array.from(data)), ...decipher.final()], type: type as PlainType }
  } catch {
    throw new Refusal('value-not-authentic', 'GCM')
  }
}

/** Section 5. */
export function digest(plaintexts: readonly (readonly number[])[], onlyEncrypted: boolean): number[] {
  const start = onlyEncrypted
    ? [
        ...createHash('sha256')
          .update(Uint8Array.from(fromAscii('sops')))
          .digest(),
      ]
    : []
  const hash = createHash('sha512').update(Uint8Array.from([...start, ...plaintexts.flat()]))
  return fromAscii(hash.digest('hex').toUpperCase())
}
