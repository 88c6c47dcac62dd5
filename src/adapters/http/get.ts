import { type Answer, type ExchangeOptions, exchange } from './exchange.ts'

type GetOptions = Omit<ExchangeOptions, 'method' | 'body'>

/** One GET. @throws SealwardError as `exchange` does */
export function get(address: string, options: GetOptions): Promise<Answer> {
  return exchange(address, { ...options, method: 'GET' })
}
