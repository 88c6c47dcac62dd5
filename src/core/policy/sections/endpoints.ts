import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { described } from '../schema-parts.ts'
import { hostName, type Material, material, materialOf } from './certificates.ts'
import { owners, ownersOf } from './people/owners.ts'

/** A server that is asked for its certificate. */
export interface EndpointRule {
  readonly line: number
  readonly host: string
  readonly port: number
  /** Null for TLS from the first byte. */
  readonly starttls: StartTls | null
  /** The name to ask for (SNI) and to hold the certificate against. */
  readonly servername: string
  /** The certificate that it should serve; null for no question. */
  readonly matches: Material | null
  readonly owners: readonly string[]
}

/** The protocols that turn to TLS on their way, each with its port. */
const PORTS = { postgres: 5432, mysql: 3306, smtp: 25, imap: 143, pop3: 110, ftp: 21, ldap: 389, xmpp: 5222 } as const
export type StartTls = keyof typeof PORTS

const PROTOCOLS = Object.keys(PORTS) as StartTls[]
const HTTPS = 443

const port = v.pipe(
  v.number('must be a whole number'),
  v.integer('must be a whole number'),
  v.minValue(1, 'must be 1 to 65535'),
  v.maxValue(65_535, 'must be 1 to 65535'),
)

export const EndpointsSection = v.array(
  v.strictObject({
    host: described(hostName, 'The name of a host, or an IP address.'),
    port: v.optional(described(port, 'Without it, the usual one of starttls, and 443 without starttls.')),
    starttls: v.optional(
      described(
        v.picklist(PROTOCOLS, `must be one of ${PROTOCOLS.join(', ')}`),
        'The protocol in which it turns to TLS. Without it, TLS from the first byte.',
      ),
    ),
    servername: v.optional(described(hostName, 'The name to ask for. Without it, the host.')),
    matches: v.optional(described(material, 'The certificate that it should serve: a path, or {secret: NAME}.')),
    owner: v.optional(described(owners, 'Who looks after it.')),
  }),
)

type EndpointsText = v.InferOutput<typeof EndpointsSection>

/** @param text as the schema lets it through */
export function readEndpoints(text: EndpointsText, yaml: Yaml): EndpointRule[] {
  return text.map(({ host, starttls = null, port: given, servername = host, matches, owner }, index) => ({
    line: yaml.lineOf(['endpoints', index]),
    ...{ host, starttls, servername },
    port: given ?? (starttls === null ? HTTPS : PORTS[starttls]),
    matches: matches === undefined ? null : materialOf(matches),
    owners: ownersOf(owner),
  }))
}
