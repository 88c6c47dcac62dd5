import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { described, glob, listOf, matching } from '../schema-parts.ts'
import { daysOf, duration } from './duration.ts'
import { owners, ownersOf } from './people/owners.ts'

/** An entry of `certificates`: where certificates are, and what is asked of them. */
export interface CertificateRule {
  readonly line: number
  readonly at: Material
  /** Names and addresses that the first certificate must be for; empty for no question. */
  readonly hosts: readonly string[]
  /** Its private key; null for no question. */
  readonly key: Material | null
  /** The variable with the password of a PKCS#12 or JKS. */
  readonly password: string | null
  readonly owners: readonly string[]
  /** It is due at the latest this many days before its end; null for the bands alone. */
  readonly floor: number | null
  readonly purpose: Purpose
  /** A glob of the files with revocation lists. */
  readonly crl: string | null
}

/** Where a certificate or a key is: in files, or in a variable of encrypted files. */
export interface Material {
  /** A glob. With a `secret`, of the encrypted files to look in, and null for all of them. Without one it is never null. */
  readonly path: string | null
  /** The name of the variable, or a glob of names; null for the file itself. */
  readonly secret: string | null
}

const PURPOSES = ['server', 'client', 'ca', 'any'] as const
export type Purpose = (typeof PURPOSES)[number]

/** A wildcard as certificates have it is no question that a host can ask. */
export const hostName = matching(
  /^(?:(?!.*\.\.)[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|(?=(?:[^:]*:){2})[0-9A-Fa-f:.]{2,45})$/,
  'must be the name of a host or an IP address, without scheme, port and brackets',
)

/** A path is text; a variable has to say that it is one. */
export const material = v.union(
  [
    glob,
    v.strictObject({
      secret: described(glob, 'The name of a variable, or a glob of names.'),
      path: v.optional(
        described(glob, 'In which encrypted files: a glob relative to sealward.yml. Without it, in all.'),
      ),
    }),
  ],
  'must be a path, or a map with secret and perhaps path',
)

export const CertificatesSection = v.array(
  v.pipe(
    v.strictObject({
      path: v.optional(
        described(glob, 'Which files have certificates; with secret, in which encrypted files the variable is.'),
      ),
      secret: v.optional(described(glob, 'Which variable has certificates: a name, or a glob of names.')),
      hosts: listOf(hostName, 'Which hosts the certificate must be for.'),
      key: v.optional(described(material, 'Where its private key is: a path, or {secret: NAME}.')),
      password: v.optional(described(glob, 'Which variable has the password of a PKCS#12 or JKS file.')),
      owner: v.optional(described(owners, 'Who looks after it.')),
      floor: v.optional(
        described(duration, 'It is due at the latest this long before its end, whatever its lifetime is.'),
      ),
      purpose: v.optional(
        described(v.picklist(PURPOSES, `must be one of ${PURPOSES.join(', ')}`), 'What it is used for.'),
        'server',
      ),
      crl: v.optional(described(glob, 'Which files have the revocation lists of its issuers.')),
    }),
    v.check(({ path, secret }) => path !== undefined || secret !== undefined, 'needs a path or a secret'),
  ),
)

type CertificatesText = v.InferOutput<typeof CertificatesSection>

/** @param text as the schema lets it through */
export function readCertificates(text: CertificatesText, yaml: Yaml): CertificateRule[] {
  return text.map(
    ({ path = null, secret = null, hosts = [], key, password = null, owner, floor, purpose, crl = null }, index) => ({
      line: yaml.lineOf(['certificates', index]),
      at: { path, secret },
      ...{ hosts, password, purpose, crl },
      key: key === undefined ? null : materialOf(key),
      owners: ownersOf(owner),
      floor: floor === undefined ? null : daysOf(floor),
    }),
  )
}

export function materialOf(given: v.InferOutput<typeof material>): Material {
  return typeof given === 'string' ? { path: given, secret: null } : { path: given.path ?? null, secret: given.secret }
}
