import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import { skipSpace } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import { scoreOf } from '../score.ts'
import { judgeValue } from '../value/judge-value.ts'
import { readQuoted } from '../value/read-value.ts'

const NAME = { kind: 'password', strength: 3, words: [] } as const
const PHRASE = 'identified by'.length

/** Finds the password of SQL's `IDENTIFIED BY 'x'`, also `IDENTIFIED BY PASSWORD 'x'`. */
export function readIdentifiedBy(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  let at = skipSpace(text.bytes, hit + PHRASE)
  if (text.slice(at, at + 8).toLowerCase() === 'password') at = skipSpace(text.bytes, at + 8)
  const value = readQuoted(text.bytes, at)
  if (value === null || value.composed) return null
  const judged = judgeValue({ value: text.slice(value.start, value.end), quoted: true }, NAME)
  const score = scoreOf({ name: NAME, value: judged, join: 'assign', quoted: true, comment: false, traits })
  if (score === null) return null
  return {
    rule: 'generic-password',
    start: value.start,
    end: value.end,
    severity: 'high',
    confidence: score.confidence,
    shown: 0,
    reasons: ['the password of an SQL user', judged.reason],
  }
}
