import { randomBytes } from 'node:crypto'
import type { DetectResult } from '../../../../src/core/scan/engine/engine.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import type { FileTraits } from '../../../../src/core/scan/generic/file-traits.ts'
import type { TokenRule } from '../../../../src/core/scan/tokens/token-rule.ts'

export const ANY_FILE: FileTraits = {
  syntax: 'unknown',
  json: false,
  credentialFile: null,
  test: false,
  example: false,
  minified: false,
  silent: false,
}

/** A rule with what a test is about; the rest says nothing. */
export function rule(given: Pick<TokenRule, 'id' | 'literals' | 'shape'> & Partial<TokenRule>): TokenRule {
  return {
    what: `a token of ${given.id}`,
    severity: 'high',
    confidence: 'medium',
    advice: 'Revoke it.',
    hits: [],
    misses: [],
    ...given,
  }
}

export const MARKED = rule({ id: 'marked', literals: ['mkd_'], shape: /mkd_[A-Za-z0-9]{20,64}(?![A-Za-z0-9])/ })
export const KEY_ID = rule({
  id: 'aws-access-key',
  literals: ['AKIA', 'ASIA'],
  shape: /A[KS]IA[A-Z2-7]{16}(?![A-Z0-9])/,
})

/** Drawn anew each time, with letters of both cases and a digit. */
export function randomText(length: number): string {
  const text = Array.from(
    randomBytes(length),
    (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567'[byte % 58],
  )
  return `xQ7${text.join('')}`.slice(0, length)
}

export function randomKeyId(): string {
  return `AKIA${Array.from(randomBytes(16), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('')}`
}

export function textOf(characters: string): ScanText {
  return new ScanText(Buffer.from(characters, 'latin1'))
}

/** Rule and secret of each detection. */
export function named(text: ScanText, { detections }: DetectResult): string[] {
  return detections.map(({ rule, start, end }) => `${rule} ${text.slice(start, end)}`)
}
