import type { Detection } from '../../detection.ts'
import type { TokenMark } from '../../tokens/token-mark.ts'
import type { Confidence, TokenRule } from '../../tokens/token-rule.ts'
import { beginsToken } from '../boundary.ts'
import { isPlaceholder } from '../placeholder.ts'
import { MAX_SHOWN } from '../preview.ts'
import type { ScanText } from '../scan-text.ts'
import { hasWordNear, matchWithin, type Places, placesNear, type Span } from './match-token.ts'

/** A literal of a rule in the text. */
export interface LiteralPlace {
  readonly offset: number
  readonly length: number
}

/**
 * How often one rule is tried on one text. A file that repeats a literal a million times costs what this allows; source code and
 * data met in practice stay far below.
 */
export const MAX_TRIES = 20_000

/**
 * One rule on its way through one text. It is told of the places of its literals from the front to the back, and no place of the
 * text is searched twice, so the whole is linear however the literals stand.
 */
export class TokenSearch {
  /** What has the rule's shape, in the order of the text. */
  readonly found: Span[] = []
  /** False when the rule was tried too often and the rest of the text was left out. */
  complete = true
  readonly #text: ScanText
  readonly #mark: TokenMark
  #tries = 0
  /** Before this place everything has been tried. */
  #resume = 0

  constructor(text: ScanText, mark: TokenMark) {
    this.#text = text
    this.#mark = mark
  }

  meet(literal: LiteralPlace): void {
    const { from, to } = this.#placesOf(literal)
    while (this.#resume <= to && this.complete) {
      const span = this.#next({ from: Math.max(from, this.#resume), to })
      this.#resume = span === null ? to + 1 : span.end
      if (span !== null) this.#judge(span)
    }
  }

  #placesOf({ offset, length }: LiteralPlace): Places {
    const { literals, lead = 0 } = this.#mark
    if (literals.length === 0) return placesNear(this.#text, offset, length)
    return { from: Math.max(0, offset - lead), to: offset }
  }

  #next(places: Places): Span | null {
    if (places.from === places.to && !beginsToken(this.#text, places.from)) return null
    this.#tries += 1
    this.complete = this.#tries < MAX_TRIES
    return matchWithin(this.#text, places, this.#mark)
  }

  #judge({ start, end }: Span): void {
    const { literals, near } = this.#mark
    const token = this.#text.slice(start, end)
    if (isPlaceholder(token, publicLength(token, this.#mark))) return
    if (literals.length > 0 && near !== undefined && !hasWordNear(this.#text, start, near)) return
    this.found.push({ start, end })
  }
}

/** What a rule says of a token that its search has found. */
export function detectionOf(text: ScanText, rule: TokenRule, { start, end }: Span): Detection {
  const token = text.slice(start, end)
  const proof = rule.proof?.(token) ?? 'none'
  const reasons = [`it has the shape of ${rule.what}`]
  if (rule.literals.length === 0) reasons.push('a word that goes with it stands before it')
  if (proof === 'holds') reasons.push('what it says about itself holds: its checksum or its structure is right')
  if (proof === 'fails') reasons.push('its checksum or its structure is wrong: it may be made up')
  return {
    rule: rule.id,
    start,
    end,
    severity: rule.severity,
    confidence: proof === 'holds' ? 'high' : proof === 'fails' ? LOWER[rule.confidence] : rule.confidence,
    shown: Math.min(publicLength(token, rule), MAX_SHOWN),
    reasons,
  }
}

const LOWER: Readonly<Record<Confidence, Confidence>> = { high: 'medium', medium: 'low', low: 'low' }

/** A literal that a token begins with is in the vendor's documentation. */
function publicLength(token: string, { literals }: Pick<TokenMark, 'literals'>): number {
  return literals.reduce((length, literal) => Math.max(length, token.startsWith(literal) ? literal.length : 0), 0)
}
