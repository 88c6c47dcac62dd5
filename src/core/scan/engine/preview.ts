import type { Detection } from '../detection.ts'
import type { ScanText } from './scan-text.ts'

/** The longest public beginning that is shown: `ghp_`, `AKIA`, `sk-ant`. */
export const MAX_SHOWN = 6

/**
 * What may be printed of a secret: the public beginning of its kind and an ellipsis, or nothing but the ellipsis. A beginning that
 * is not of printable ASCII is not shown: it would reach a terminal.
 */
export function previewOf(text: ScanText, { start, end, shown }: Detection): string {
  const length = Math.min(shown, MAX_SHOWN, Math.floor((end - start) / 3))
  const beginning = text.slice(start, start + Math.max(0, length))
  return /^[\x21-\x7e]+$/.test(beginning) ? `${beginning}\u2026` : '\u2026'
}
