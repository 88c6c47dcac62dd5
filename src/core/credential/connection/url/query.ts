import { type Parameter, plainKey } from '../parameters.ts'
import { ambiguous } from '../refuse.ts'
import { percentDecoded, percentEncoded } from './percent.ts'

/** What a `+` is: in forms and Java a space, in libpq itself. Where both read the same string nobody can tell. */
export type Plus = 'space' | 'unclear'

const SECRET_KEYS = new Set(['user', 'username', 'password'])

/** Reads `name=value&name=value` from a place on; names and values are percent-encoded. */
export function readQuery(value: string, start: number, { end, plus }: { end: number; plus: Plus }): Parameter[] {
  const parameters: Parameter[] = []
  for (let from = start; from < end; ) {
    const found = value.indexOf('&', from)
    const to = found < 0 || found > end ? end : found
    const equals = value.indexOf('=', from)
    if (equals >= 0 && equals < to) parameters.push(parameterAt(value, { from, equals, to, plus }))
    from = to + 1
  }
  return parameters
}

interface Span {
  readonly from: number
  readonly equals: number
  readonly to: number
  readonly plus: Plus
}

function parameterAt(value: string, { from, equals, to, plus }: Span): Parameter {
  const name = percentDecoded(value.slice(from, equals))
  const written = value.slice(equals + 1, to)
  const key = plainKey(name)
  if (plus === 'unclear' && SECRET_KEYS.has(key) && written.includes('+'))
    throw ambiguous('has a + in its query that may mean a space')
  const text = percentDecoded(plus === 'space' ? written.replaceAll('+', ' ') : written)
  return { key, name, slot: { start: equals + 1, end: to, text, spell: percentEncoded } }
}
