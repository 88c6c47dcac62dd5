import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { encodeArmor } from '../../../src/core/signature/ssh/armor.ts'
import { type PublicKey, readPublicKey } from '../../../src/core/signature/ssh/public-key.ts'
import { signedData } from '../../../src/core/signature/ssh/signed-data.ts'
import { printSshsig } from '../../../src/core/signature/ssh/sshsig.ts'
import { sshMpint, sshString, uint32 } from '../../../src/core/signature/ssh/wire.ts'

/** A security key in software: it does what the hardware does, and can be told what its user did. */
interface SecurityKey {
  readonly publicKey: PublicKey
  sign(message: Uint8Array, namespace: string, gesture?: Gesture): string
}

interface Gesture {
  /** 1: touched. 4: identified with a PIN. */
  readonly flags?: number
  readonly counter?: number
}

export const SECURITY_KEYS = {
  'sk-ssh-ed25519@openssh.com': ed25519,
  'sk-ecdsa-sha2-nistp256@openssh.com': ecdsa,
} as const

function ed25519(application = 'ssh:'): SecurityKey {
  const type = 'sk-ssh-ed25519@openssh.com'
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')
  return securityKey(type, [sshString(point)], application, (data) => sign(null, data, privateKey))
}

function ecdsa(application = 'ssh:'): SecurityKey {
  const type = 'sk-ecdsa-sha2-nistp256@openssh.com'
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')])
  return securityKey(type, [sshString('nistp256'), sshString(point)], application, (data) => {
    const raw = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return Buffer.concat([sshMpint(raw.subarray(0, 32)), sshMpint(raw.subarray(32))])
  })
}

function securityKey(
  type: string,
  fields: readonly Buffer[],
  application: string,
  signRaw: (data: Buffer) => Buffer,
): SecurityKey {
  const publicKey = readPublicKey(Buffer.concat([sshString(type), ...fields, sshString(application)]))
  return {
    publicKey,
    sign(message, namespace, { flags = 1, counter = 7 } = {}) {
      const heading = { namespace: Buffer.from(namespace), hash: 'sha512' } as const
      const gesture = Buffer.concat([Buffer.of(flags), uint32(counter)])
      const data = Buffer.concat([sha256(application), gesture, sha256(signedData(message, heading))])
      const value = Buffer.concat([sshString(type), sshString(signRaw(data)), gesture])
      return encodeArmor(printSshsig({ ...heading, publicKey: publicKey.blob, value }))
    },
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
