import { SealwardError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import type { Header } from './header.ts'

/**
 * Looks for the file key in the mlkem768x25519 stanzas. The post-quantum arithmetic is age-encryption's, which takes 60 ms to
 * load: only a header that has such a stanza pays for it.
 *
 * @returns null when none of them is for this identity
 * @throws SealwardError malformed when the header is broken
 */
export async function unwrapHybrid(header: Header, identity: Secret): Promise<Uint8Array | null> {
  if (!header.stanzas.some(({ type }) => type === 'mlkem768x25519')) return null
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  let matched = true
  decrypter.addIdentity(identity.reveal())
  // Asked only after the identity said "not mine", which is how that answer is told from a broken stanza.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      matched = false
      return null
    },
  })
  try {
    return await decrypter.decryptHeader(header.bytes)
  } catch {
    if (!matched) return null
    throw new SealwardError('malformed', 'the post-quantum stanza or the MAC of the age file is broken')
  }
}
