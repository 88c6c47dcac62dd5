import type { Quotes } from '../core/envelope/decrypt.ts'
import { SealwardError } from '../core/errors.ts'
import type { Call } from './command.ts'

/** The flags that say how a file is read. */
export function readingOf(call: Pick<Call, 'one' | 'has'>): { quotes?: Quotes; anyName: boolean } {
  const anyName = call.has('allow-any-name')
  const quotes = call.one('quotes')
  if (quotes === undefined) return { anyName }
  if (quotes !== 'literal' && quotes !== 'dotenv') throw new SealwardError('usage', '--quotes is literal or dotenv')
  return { quotes, anyName }
}
