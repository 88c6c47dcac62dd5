import { type Context, choose, judged, type Production } from '../case.ts'
import { expand, placed } from '../render.ts'
import { TOKENS } from '../values/tokens.ts'
import { ADDRESS_NAMES, KEY_NAMES, NEUTRAL_NAMES, TOKEN_NAMES } from '../vocabulary/names.ts'
import { composedName } from './names.ts'

/** Tokens that providers mark by a prefix: under a telling name, under a silent one, and in running text. */
export const PROVIDER_TOKENS: readonly Production[] = [
  {
    kind: 'provider-token',
    weight: 6,
    make: (context) => named(context, composedName(context, context.random.pick([TOKEN_NAMES, KEY_NAMES]))),
  },
  {
    kind: 'provider-token',
    weight: 3,
    make: (context) => named(context, [choose(context, context.random.pick([NEUTRAL_NAMES, ADDRESS_NAMES]))]),
  },
  { kind: 'provider-token', weight: 1, make: mentioned },
]

function named(context: Context, name: readonly string[]) {
  return placed(context, 'provider-token', true, { name, text: token(context) })
}

function mentioned(context: Context) {
  const { comment } = context.dialect
  if (comment === null) return null
  const said = `${expand(context, '%f %t with ')}${token(context)}`
  return judged(
    expand(
      context,
      comment.replace('%c', () => '\0'),
    ).replace('\0', () => said),
    'provider-token',
    true,
  )
}

function token(context: Context): string {
  return choose(context, TOKENS)(context.random)
}
