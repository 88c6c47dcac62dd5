import { createDecipheriv } from 'node:crypto'

export const TAG_BYTES = 16

/** What ChaCha20-Poly1305 (RFC 8439, no additional data) needs to open a ciphertext. */
export interface AeadKey {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
}

/**
 * Opens a ciphertext that ends in its tag.
 *
 * @returns null when the tag is not of this key, nonce and ciphertext
 */
export function openAead(sealed: Uint8Array, { key, nonce }: AeadKey): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const plaintext = decipher.update(sealed.subarray(0, -TAG_BYTES))
  try {
    decipher.final()
  } catch {
    return null
  }
  return plaintext
}
