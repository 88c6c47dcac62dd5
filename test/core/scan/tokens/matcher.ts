import type { TokenRule } from '../../../../src/core/scan/tokens/token-rule.ts'

/** How far before the token one of the words of `near` may stand. */
const NEAR = 80
const LONGEST = 1024

export interface Match {
  readonly start: number
  readonly token: string
}

/** The plain reading of a row, without a prefilter: every place that no word character precedes is tried. Slow, and easy to believe. */
export function matchesOf(rule: TokenRule, text: string): Match[] {
  const shape = new RegExp(rule.shape.source, 'y')
  const found: Match[] = []
  let at = 0
  while (at < text.length) {
    const token = at > 0 && /\w/.test(text.charAt(at - 1)) ? null : matchAt(shape, text.slice(at, at + LONGEST))
    if (token !== null && isNear(rule, text, at)) {
      found.push({ start: at, token })
      at += token.length
    } else {
      at += 1
    }
  }
  return found
}

function matchAt(shape: RegExp, text: string): string | null {
  shape.lastIndex = 0
  return shape.exec(text)?.[0] ?? null
}

function isNear(rule: TokenRule, text: string, start: number): boolean {
  if (rule.near === undefined) return true
  const lineBefore = text.lastIndexOf('\n', text.lastIndexOf('\n', start - 1) - 1)
  const before = text.slice(Math.max(lineBefore + 1, start - NEAR), start).toLowerCase()
  return rule.near.some((word) => before.includes(word))
}
