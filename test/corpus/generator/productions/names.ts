import { type Context, choose, type Split } from '../case.ts'
import {
  KEY_NAMES,
  NAME_PREFIXES,
  NAME_SUFFIXES,
  PASSWORD_NAMES,
  SECRET_NAMES,
  TOKEN_NAMES,
} from '../vocabulary/names.ts'

/** A name from a list, often with a word before it and sometimes with one after it. */
export function composedName(context: Context, list: Split): readonly string[] {
  const { random } = context
  const before = random.chance(0.45) ? [choose(context, NAME_PREFIXES)] : []
  const after = random.chance(0.12) ? [choose(context, NAME_SUFFIXES)] : []
  return [...before, choose(context, list), ...after]
}

/** A name that promises a secret. */
export function secretName(context: Context): readonly string[] {
  return composedName(
    context,
    context.random.pick([PASSWORD_NAMES, PASSWORD_NAMES, TOKEN_NAMES, KEY_NAMES, SECRET_NAMES]),
  )
}
