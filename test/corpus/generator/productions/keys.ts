import type { Case, Context, Production } from '../case.ts'
import { expand, placed } from '../render.ts'
import { KEY_FORMS, pem } from '../values/der.ts'
import { jwkMembers, jwt, pemText } from '../values/structured.ts'
import { KEY_NAMES, NEUTRAL_NAMES, TOKEN_NAMES } from '../vocabulary/names.ts'
import { composedName } from './names.ts'

/** Private keys in their armour or as JSON, and signed tokens. */
export const KEYS: readonly Production[] = [
  { kind: 'private-key', weight: 5, make: armoured },
  { kind: 'private-key', weight: 100, trait: 'armour', make: armoured },
  {
    kind: 'private-key',
    weight: 3,
    make: (context) =>
      placed(context, 'private-key', true, { name: composedName(context, KEY_NAMES), text: pemText(context) }),
  },
  { kind: 'jwk', weight: 3, make: jwkInOneLine },
  { kind: 'jwk', weight: 8, trait: 'members', make: jwkOverLines },
  {
    kind: 'jwt',
    weight: 4,
    make: (context) =>
      placed(context, 'jwt', true, {
        name: composedName(context, context.random.pick([TOKEN_NAMES, NEUTRAL_NAMES])),
        text: jwt(context),
      }),
  },
  {
    kind: 'private-key',
    weight: 1,
    hidden: true,
    make: (context) =>
      placed(context, 'private-key', true, {
        name: composedName(context, KEY_NAMES),
        text: Buffer.from(pemText(context)).toString('base64'),
      }),
  },
]

/** Lines of armour, in a string over several lines or as they are; the mark covers the whole block. */
export function inBlock(
  context: Context,
  name: readonly string[],
  rows: readonly string[],
  mark: { kind: string; secret: boolean },
): Case | null {
  const { block } = context.dialect
  if (!block) return null
  const opening = block.opening === '' ? [] : [expand(context, block.opening, { name })]
  const closing = block.closing === '' ? [] : [block.closing]
  const lines = [...opening, ...rows.map((row) => block.indent + row), ...closing]
  return { lines, marks: [{ at: opening.length, end: opening.length + rows.length - 1, ...mark }] }
}

function armoured(context: Context): Case | null {
  const form = context.random.pick(KEY_FORMS)
  const rows = pem(`${form.label} KEY`, form.body(context.random))
  return inBlock(context, composedName(context, KEY_NAMES), rows, { kind: 'private-key', secret: true })
}

function jwkInOneLine(context: Context): Case | null {
  const text = JSON.stringify(Object.fromEntries(jwkMembers(context)))
  return placed(context, 'jwk', true, { name: composedName(context, KEY_NAMES), text })
}

/** A member a line, as keys stand in JSON files. The mark covers the object: which member a tool points at is its own affair. */
function jwkOverLines(context: Context): Case | null {
  const members = jwkMembers(context).map(([name, value]) => `  "${name}": "${value}",`)
  const lines = ['"jwk": {', ...members, '  "use": "sig"', '},']
  return { lines, marks: [{ at: 0, end: lines.length - 1, kind: 'jwk', secret: true }] }
}
