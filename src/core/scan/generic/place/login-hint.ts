import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import type { FileTraits } from '../file-traits.ts'
import { isMadeUpPlace } from '../score.ts'
import { judgeValue } from '../value/judge-value.ts'
import { surroundingOf } from './inside-string.ts'

const MAX_HINT = 160
/** `log in with admin / x`, `credentials: admin / x`, `login admin:x`. */
const HINT =
  /^(?:log ?in|log ?on|sign ?in|creds?|credentials?)(?: (?:with|as|is|are|using))?:? ["'`]?([\w.@-]{2,64})["'`]?(?: ?\/ ?|:)["'`]?([^\s"'`]{5,64})/di
/** `admin:x`, `root:x` in a list of users or in a comment. */
const PAIR = /^(admin|root|administrator):([^\s"'`:/]{6,64})(?=["'`\s]|$)/di

/** Finds a user and a password written one behind the other, in a comment or in documentation. */
export function readLoginHint(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const line = text.slice(hit, Math.min(text.lineEnd(hit), hit + MAX_HINT))
  const place = (HINT.exec(line) ?? PAIR.exec(line))?.indices?.[2]
  if (place === undefined) return null
  if (traits.syntax !== 'docs' && surroundingOf(text.bytes, hit) !== 'comment') return null
  const value = line.slice(...place)
  const { points, reason } = judgeValue({ value, quoted: false }, { kind: 'password', strength: 3, words: [] })
  if (points < 22 || !/\d/.test(value)) return null
  return {
    rule: 'generic-password',
    start: hit + place[0],
    end: hit + place[1],
    severity: 'high',
    confidence: isMadeUpPlace(traits) ? 'low' : 'medium',
    shown: 0,
    reasons: ['behind the name of a user', reason],
  }
}
