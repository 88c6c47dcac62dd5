import type { Actor } from '../ledger/actor.ts'
import type { LedgerEvent } from '../ledger/event.ts'
import { inertJson } from '../report/scan/json/inert-json.ts'

/** What a job did to encrypted files. It holds no value, and of names of variables their number. */
export interface LedgerNews {
  readonly event: LedgerEvent<'decrypted' | 'open-failed'>
  readonly by: Actor
  readonly at: Date
}

/** @returns the body of a webhook as Standard Webhooks 1.0.0 has it, its type after the kind of the event; JSON in ASCII, without line ends */
export function printLedgerWebhook({ event: { kind, ...members }, by, at }: LedgerNews): string {
  return inertJson({ type: `sealward.${kind}`, timestamp: at.toISOString(), data: { by, ...members } })
}
