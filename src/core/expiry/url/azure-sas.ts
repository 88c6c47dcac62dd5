import { fromDigits, fromText } from '../dates.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import type { Query } from './query.ts'

/**
 * Shared access signatures of Azure: of Storage, with dates in `st` and `se`, and of Service Bus, Event Hubs and IoT Hub, with seconds
 * in `se`. One that refers to a stored access policy (`si`) may leave its end to that: nothing is known of it then.
 */
export function azureSas({ queries }: Piece): readonly Expiry[] {
  return queries.map(readSignature).filter((expiry) => expiry !== null)
}

function readSignature(query: Query): Expiry | null {
  if (!query.has('sig') || !(query.has('sv') || query.has('sr'))) return null
  const end = query.get('se')
  const notAfter = fromText(end) ?? fromDigits(end)
  if (notAfter === null) return null
  const advice = 'Make a new one, or have the program sign in with an identity instead.'
  const what = 'an Azure shared access signature'
  return { kind: 'azure-sas', what, notBefore: fromText(query.get('st')), notAfter, lives: null, advice }
}
