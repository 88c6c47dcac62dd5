import { AMPERSAND, COMMA, DOLLAR, HYPHEN, isBlank, isQuote, OPEN_BRACE, QUESTION, SEMICOLON } from '../bytes.ts'
import type { FileTraits } from '../file-traits.ts'
import type { Join } from '../join/join.ts'
import type { Extent } from '../name/name-extent.ts'
import type { BareEnd } from '../value/read-value.ts'
import type { Surrounding } from './inside-string.ts'

/** A name and what follows it, where the value has no quotes. */
export interface Bare {
  readonly name: Extent
  readonly join: Join
  readonly traits: FileTraits
  readonly surrounding: Surrounding
}

/** How a bare value would end here, or `null` where a bare word is program text. */
export function bareEnd(bytes: Uint8Array, bare: Bare): BareEnd | null {
  const { name, join, traits, surrounding } = bare
  switch (join.kind) {
    case 'element':
      return 'tag'
    case 'flag':
      return bytes[name.start + 1] === HYPHEN || (traits.syntax === 'shell' && name.end - name.start > 4)
        ? 'blank'
        : null
    case 'cell':
      return surrounding === 'comment' || traits.syntax === 'docs' ? 'blank' : null
    case 'words':
      return traits.syntax === 'config' || traits.syntax === 'shell' ? 'line' : null
    case 'call':
    case 'compare':
      return null
    default:
      if (bytes[name.start] === HYPHEN && join.kind === 'pair') return 'list'
      return surrounding === 'string' ? 'mark' : ofAssignment(bytes, bare)
  }
}

function ofAssignment(bytes: Uint8Array, { name, join, traits, surrounding }: Bare): BareEnd | null {
  if (traits.json) return null
  if (surrounding === 'comment') return 'line'
  const before = markBefore(bytes, name)
  if (traits.syntax === 'config' && before === 'flow') return 'mark'
  if (bytes[name.start] === HYPHEN || before === 'query') return join.tight ? 'mark' : null
  if (traits.syntax === 'code' || traits.syntax === 'markup') return null
  if (traits.syntax === 'shell') return join.tight ? 'blank' : null
  return 'line'
}

/** `?a=`, `&a=`, `;a=`, `${a:-` want no blank; `{a: x, b: y}` of YAML may have one. */
function markBefore(bytes: Uint8Array, { start }: Extent): 'query' | 'flow' | 'none' {
  const byte = bytes[start - 1]
  if (byte === QUESTION || byte === AMPERSAND || byte === SEMICOLON) return 'query'
  if (byte === OPEN_BRACE && bytes[start - 2] === DOLLAR) return 'query'
  let at = start - 1
  while (at > start - 4 && (isBlank(bytes[at]) || isQuote(bytes[at]))) at -= 1
  return bytes[at] === OPEN_BRACE || bytes[at] === COMMA ? 'flow' : 'none'
}
