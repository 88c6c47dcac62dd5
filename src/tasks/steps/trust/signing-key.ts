import { SealwardError } from '../../../core/errors.ts'
import { signMessage } from '../../../core/signature/sign.ts'
import { type KeyFile, readKeyFile } from '../../../core/signature/ssh/private-key.ts'
import { keyOfSignature, type SignedMessage } from '../../../core/signature/verify.ts'
import type { GitSigningKey, SshSigner } from '../../world/ssh.ts'
import type { Files } from '../../world.ts'

export interface KeyWorld {
  readonly files: Files
  readonly git: GitSigningKey
  readonly ssh: SshSigner
}

/** @returns a signature as its file holds it */
export type Sign = (message: Uint8Array, namespace: string) => Promise<string>

const KEY_BYTES = 64 * 1024
const LITERAL = /^(?:key::)?((?:ssh|ecdsa|sk)-\S+[ \t].*)$/

/**
 * Finds the key to sign with.
 *
 * @param given a private key, or the public half of one that an agent has, as a file or as a line; undefined for the one git signs with
 * @throws SealwardError usage without a key, not-found; and the result throws what ssh-keygen throws
 */
export async function chooseKey(given: string | undefined, world: KeyWorld): Promise<Sign> {
  const key = given ?? (await world.git.signingKey())
  if (key === null)
    throw new SealwardError('usage', 'there is no key to sign with', {
      hint: 'give one with -k ~/.ssh/id_ed25519, or let git have it: git config gpg.format ssh; git config user.signingkey FILE',
    })
  const line = LITERAL.exec(key)?.[1]
  if (line !== undefined) return bySshKeygen({ line }, world)
  const contents = await readKey(key, world.files)
  if (contents.kind !== 'private') return bySshKeygen({ file: key }, world)
  return async (message, namespace) => signMessage({ message, namespace, key: contents })
}

function bySshKeygen(key: { readonly file: string } | { readonly line: string }, { ssh }: KeyWorld): Sign {
  return (message, namespace) => ssh.sign({ key, message, namespace })
}

/**
 * The key of a signature that was just made. What ssh-keygen made is held to our own rules: it signs with keys that we refuse.
 *
 * @throws SealwardError usage
 */
export function fingerprintOf(signed: SignedMessage): string {
  try {
    return keyOfSignature(signed).fingerprint
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    throw new SealwardError('usage', `a signature by this key is of no use: it ${error.message}`)
  }
}

async function readKey(file: string, files: Files): Promise<KeyFile> {
  const bytes = await files.read(file, KEY_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such key file', { file })
  try {
    return readKeyFile(new TextDecoder('latin1').decode(bytes))
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    throw new SealwardError('usage', `the key ${error.message}`, { file, hint: '-k takes the file of an SSH key' })
  }
}
