import type { X509Certificate } from 'node:crypto'

/** What a public key is, and why it is too weak for today; `weakness` is null when it is not. */
export interface Strength {
  /** `rsa 2048`, `ec prime256v1`, `ed25519`; `unknown` when this Node cannot read it. */
  readonly key: string
  readonly weakness: string | null
}

const MIN_RSA_BITS = 2048
const MIN_EC_BITS = 256
/** The smallest curves of WAP have no size in their names. */
const SMALL_CURVE = /^wap-/
/** What Node 20 calls a curve without a name; later ones leave the name out. */
const UNNAMED = 'UNDEF'

/** Judges the key of a certificate by the floors of the Baseline Requirements (section 6.1.5): RSA 2048 bits, P-256, no DSA. */
export function strengthOf(x509: X509Certificate): Strength {
  try {
    const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details = {} } = x509.publicKey
    if (type === 'dsa') return { key: 'dsa', weakness: 'its key is a DSA key, which clients no longer accept' }
    if (type === 'ec') return ofCurve(details.namedCurve)
    if (details.modulusLength !== undefined) return ofModulus(type, details.modulusLength)
    return { key: type, weakness: null }
  } catch {
    return { key: 'unknown', weakness: null }
  }
}

function ofModulus(type: string, bits: number): Strength {
  const weakness = bits < MIN_RSA_BITS ? `its RSA key has ${bits} bits; ${MIN_RSA_BITS} are the least` : null
  return { key: `${type} ${bits}`, weakness }
}

function ofCurve(name: string = UNNAMED): Strength {
  if (name === UNNAMED) return { key: 'ec', weakness: 'its EC key spells its curve out instead of naming it' }
  const bits = SMALL_CURVE.test(name) ? 112 : Number(/\d{3}/.exec(name)?.[0] ?? MIN_EC_BITS)
  const weakness = bits < MIN_EC_BITS ? `its EC key has ${bits} bits; ${MIN_EC_BITS} are the least` : null
  return { key: `ec ${name}`, weakness }
}
