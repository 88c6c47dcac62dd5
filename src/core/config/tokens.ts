import type { CST } from 'yaml'

/** A token that is refused, by its place in the text. */
export interface Refused {
  readonly offset: number
  readonly message: string
}

const MAX_DEPTH = 32

/**
 * Looks over the tokens of a text before they are composed, which is recursive: far enough down, V8 ends the process instead of throwing.
 * Tags and directives are refused with it: they choose types and schemas, and a configuration needs neither.
 *
 * @returns the first refused token, or null
 */
export function refusedToken(tokens: readonly CST.Token[]): Refused | null {
  const open = tokens.map((token) => ({ token, depth: 0 })).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    const refused = refusalOf(token, depth)
    if (refused !== null) return { offset: token.offset, message: refused }
    const nested = childrenOf(token)
    for (let index = nested.length - 1; index >= 0; index -= 1) open.push({ token: nested[index]!, depth: depth + 1 })
  }
  return null
}

function refusalOf(token: CST.Token, depth: number): string | null {
  if (depth > MAX_DEPTH) return `nests deeper than ${MAX_DEPTH} levels`
  if (token.type === 'directive') return 'a YAML directive (%...) is not accepted here'
  return token.type === 'tag' ? 'a YAML tag (!...) is not accepted here' : null
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return present([...token.start, token.value])
  if (!('items' in token)) return []
  return token.items.flatMap(({ start, key, sep, value }) => present([...start, key, ...(sep ?? []), value]))
}

function present(tokens: readonly (CST.Token | null | undefined)[]): CST.Token[] {
  return tokens.filter((token) => token !== null && token !== undefined)
}
