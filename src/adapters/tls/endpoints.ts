import type { Endpoint, EndpointAnswer, Endpoints } from '../../tasks/world/endpoint.ts'
import { askOnce } from './ask-once.ts'

export interface EndpointLimits {
  /** How many are asked at once. */
  readonly atOnce: number
  /** For one of them, a second try included. */
  readonly eachMs: number
  readonly allMs: number
}

export const ENDPOINT_LIMITS: EndpointLimits = { atOnce: 16, eachMs: 10_000, allMs: 120_000 }

/** What is worth a second try: the network may have been at fault, and the answer came at once. */
const MAY_PASS = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const PAUSE_MS = 250

/** Servers that are asked for their certificates over the network. Nothing is sent to them but the wish for TLS. */
export function openEndpoints(limits: EndpointLimits = ENDPOINT_LIMITS): Endpoints {
  return {
    async ask(endpoints) {
      const answers: EndpointAnswer[] = []
      const all = AbortSignal.timeout(limits.allMs)
      const queue = endpoints.entries()
      const work = async (): Promise<void> => {
        for (const [index, endpoint] of queue) answers[index] = await askUntil(endpoint, limits, all)
      }
      await Promise.all(Array.from({ length: limits.atOnce }, work))
      return answers
    },
  }
}

async function askUntil(endpoint: Endpoint, { eachMs }: EndpointLimits, all: AbortSignal): Promise<EndpointAnswer> {
  if (all.aborted) return { kind: 'not-asked', code: '' }
  const signal = AbortSignal.any([all, AbortSignal.timeout(eachMs)])
  const first = await askOnce(endpoint, signal)
  if (first.kind === 'served' || !MAY_PASS.has(first.code)) return first
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  return signal.aborted ? first : askOnce(endpoint, signal)
}
