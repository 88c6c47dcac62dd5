import { createHash } from 'node:crypto'
import type { Recipient } from '../../../src/core/age/recipient.ts'
import { newDataKey, wrapForAll } from '../../../src/core/envelope/keys/data-key.ts'
import { sealValue } from '../../../src/core/envelope/values/seal-value.ts'

/** A line above the metadata: sealed under its name, or as it stands. */
export type Row =
  | { readonly name: string; readonly value: string | Uint8Array; readonly type?: 'str' | 'bool' | 'comment' | 'int' }
  | string

export interface Forgery {
  readonly recipient: Recipient
  /** Metadata lines by their names without `sops_`, in the place of ours or behind them; null leaves one out. */
  readonly metadata?: Readonly<Record<string, string | null>>
  readonly file?: string
}

const TIME = '2026-01-02T03:04:05Z'

/**
 * A file whose ciphertexts, MAC and wrapped key are sound, whatever else it holds. Anyone can make it: recipients are public. So what
 * refuses it is not its cryptography.
 */
export async function forge(rows: readonly Row[], { recipient, metadata = {} }: Forgery): Promise<string> {
  const dataKey = newDataKey()
  const [wrapped] = await wrapForAll(dataKey, [recipient])
  const hash = createHash('sha512')
  const body = rows.map((row) => {
    if (typeof row === 'string') return row
    const { name, value, type = 'str' } = row
    const plaintext = Buffer.from(value as string)
    hash.update(plaintext)
    return `${name}=${sealValue(plaintext, { dataKey, context: `${name}:`, type })}`
  })
  const digest = Buffer.from(hash.digest('hex').toUpperCase())
  const lines = {
    age__list_0__map_enc: wrapped!.armored.replaceAll('\n', '\\n'),
    age__list_0__map_recipient: recipient.text,
    lastmodified: TIME,
    mac: sealValue(digest, { dataKey, context: TIME, type: 'str' }),
    unencrypted_suffix: '_unencrypted',
    version: '3.13.0',
    ...metadata,
  }
  const kept = Object.entries(lines).filter(([, stored]) => stored !== null)
  return `${[...body, ...kept.map(([name, stored]) => `sops_${name}=${stored}`)].join('\n')}\n`
}
