import type { StartTls } from '../../core/policy/sections/endpoints.ts'

/** The ports of what is live: servers that are asked for their certificates, and the lists of those that were revoked. */

/** A server to ask. Names are as sealward.yml lets them through: no scheme, no blanks, an IPv6 address without brackets. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  /** Null for TLS from the first byte. */
  readonly starttls: StartTls | null
  /** The name to ask for. */
  readonly servername: string
}

export type EndpointAnswer = ServedAnswer | SilentAnswer

/** It showed certificates, whoever trusts them. */
export interface ServedAnswer {
  readonly kind: 'served'
  /** DER, in the order in which it sent them. */
  readonly chain: readonly Uint8Array[]
  /** `TLSv1.3`: the newest that both sides speak; this side speaks all since TLSv1. */
  readonly protocol: string
  /**
   * Whether the authorities of Node, and those of NODE_EXTRA_CA_CERTS, lead to it: null when they do, else OpenSSL's word, as
   * `CERT_HAS_EXPIRED`. Undefined where the server hung up before that was looked at.
   */
  readonly distrust: string | null | undefined
}

/** It showed none. */
export interface SilentAnswer {
  readonly kind:
    | 'unknown-host' // no address is known for its name
    | 'refused' // no connection, or it hung up, or turned this client away in its own words
    | 'silent' // no answer before the deadline
    | 'no-tls' // it speaks the protocol, and offers no TLS in it
    | 'not-understood' // it does not speak the protocol, or without an end
    | 'injected' // it sent more than it was asked for before TLS: somebody may stand between
    | 'handshake' // TLS began and failed
    | 'not-asked' // the time for all of them was over
  /** A code of Node's, as `ECONNREFUSED`; empty where there is none. Never what the server said. */
  readonly code: string
}

/** Servers by network. */
export interface Endpoints {
  /** Asks all of them, some at once, each until its deadline and all until theirs. Never throws: no answer is one too. In their order. */
  ask(endpoints: readonly Endpoint[]): Promise<readonly EndpointAnswer[]>
}

/** Revocation lists of public authorities. */
export interface RevocationLists {
  /** @returns null when the address gives none: it cannot be reached, or it is another kind of address. What comes may be anything */
  fetch(address: string): Promise<Uint8Array | null>
}
