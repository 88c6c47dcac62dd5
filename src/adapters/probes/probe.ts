import type { Json } from '../../core/trust/json.ts'
import type { ProbeAnswer } from '../../tasks/world/scan/probe.ts'

/** One issuer. A new one is one new file, one line in all-probes.ts and one in docs/verification.md. */
export interface Probe {
  /** As sealward.yml and `--issuer` call it. */
  readonly name: string
  /** The rules of the scanner whose findings it can be asked about. */
  readonly rules: readonly string[]
  /** Where it is asked; empty for one that everybody runs for themselves, which has to be named by whoever asks. */
  readonly bases: readonly string[]
  /** @returns null for what is none of its own, or lacks its other half: then nothing is sent */
  prepare(asked: Asked): Ask | null
}

export type Ask = (door: Door) => Promise<ProbeAnswer>

export interface Asked {
  readonly value: string
  /** The rule of the scanner whose token the value is, whole; null for none. */
  readonly kind: string | null
  readonly name: string
  readonly beside: readonly string[]
}

/** The only way out: to the issuer's own addresses. */
export interface Door {
  /** The addresses that count: `bases`, or those that were named in their place. */
  readonly bases: readonly URL[]
  readonly now: Date
  /** @throws SealwardError io or limit */
  send(request: ProbeRequest): Promise<Reply>
}

export interface ProbeRequest {
  /** Which of the addresses; the first where it is not said. */
  readonly base?: number
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly header: (name: string) => string | null
  /** Undefined for what is no JSON: the page of a proxy, or of somebody who is not the issuer. */
  readonly json: Json
  readonly text: string
}

export const LIVE: ProbeAnswer = { state: 'live' }
export const DEAD: ProbeAnswer = { state: 'dead' }
export const UNKNOWN: ProbeAnswer = { state: 'unknown' }

/** A probe's part for tokens that are sent as they are. */
export function forTokens(
  rules: readonly string[],
  ask: (token: string, door: Door) => Promise<ProbeAnswer>,
): Pick<Probe, 'rules' | 'prepare'> {
  return {
    rules,
    prepare: ({ kind, value }) => (kind !== null && rules.includes(kind) ? (door) => ask(value, door) : null),
  }
}

/** RFC 6750, section 2.1. */
export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}`, accept: 'application/json' }
}
