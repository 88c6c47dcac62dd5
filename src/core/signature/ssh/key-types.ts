/** A NIST curve, by the names that SSH (RFC 5656) and node:crypto have for it, with the hash that ECDSA uses on it. */
export interface Curve {
  readonly ssh: 'nistp256' | 'nistp384' | 'nistp521'
  readonly jwk: 'P-256' | 'P-384' | 'P-521'
  /** The length of a coordinate, and of each half of a signature. */
  readonly bytes: number
  readonly hash: 'sha256' | 'sha384' | 'sha512'
}

/** What a key of a type is made of. A security key signs what it was given together with a counter and what its user did. */
export type KeyForm =
  | { readonly family: 'ed25519'; readonly securityKey: boolean }
  | { readonly family: 'ecdsa'; readonly curve: Curve; readonly securityKey: boolean }
  | { readonly family: 'rsa'; readonly securityKey: false }

const P256: Curve = { ssh: 'nistp256', jwk: 'P-256', bytes: 32, hash: 'sha256' }
const P384: Curve = { ssh: 'nistp384', jwk: 'P-384', bytes: 48, hash: 'sha384' }
const P521: Curve = { ssh: 'nistp521', jwk: 'P-521', bytes: 66, hash: 'sha512' }

/** The types of keys that may sign. DSA, certificates and webauthn are not among them. */
export const KEY_TYPES = {
  'ssh-ed25519': { family: 'ed25519', securityKey: false },
  'ecdsa-sha2-nistp256': { family: 'ecdsa', curve: P256, securityKey: false },
  'ecdsa-sha2-nistp384': { family: 'ecdsa', curve: P384, securityKey: false },
  'ecdsa-sha2-nistp521': { family: 'ecdsa', curve: P521, securityKey: false },
  'ssh-rsa': { family: 'rsa', securityKey: false },
  'sk-ssh-ed25519@openssh.com': { family: 'ed25519', securityKey: true },
  'sk-ecdsa-sha2-nistp256@openssh.com': { family: 'ecdsa', curve: P256, securityKey: true },
} as const satisfies Record<string, KeyForm>

export type KeyType = keyof typeof KEY_TYPES

export function isKeyType(name: string): name is KeyType {
  return Object.hasOwn(KEY_TYPES, name)
}

export function formOf(type: KeyType): KeyForm {
  return KEY_TYPES[type]
}
