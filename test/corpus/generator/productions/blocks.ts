import { type Case, type Context, choose, type Production } from '../case.ts'
import { expand, stated } from '../render.ts'
import { cloudKeyId } from '../values/checksums.ts'
import { NAME_PREFIXES } from '../vocabulary/names.ts'
import { ACCOUNTS, DOMAINS, MACHINES } from '../vocabulary/words.ts'
import { anyPassword } from './assignments.ts'

/** Settings that come together, in the same notation on neighbouring lines. */
export const BLOCKS: readonly Production[] = [
  { kind: 'weak-password', weight: 5, make: login },
  { kind: 'provider-token', weight: 1, make: cloudKeyPair },
]

/** The same settings taken from elsewhere. */
export const HARMLESS_BLOCKS: readonly Production[] = [{ kind: 'expression', weight: 3, make: environment }]

/** Host, user and password: only the last is secret. */
function login(anywhere: Context): Case | null {
  const context = inOneHand(anywhere)
  const site = ownLine(context)
  const prefix = choose(context, NAME_PREFIXES)
  const say = (name: string, text: string, mark: { kind: string; secret: boolean }) =>
    site === null ? null : stated(context, site, mark, { name: [prefix, name], text })
  const host = say('host', `${choose(context, MACHINES)}.${choose(context, DOMAINS)}`, {
    kind: 'address',
    secret: false,
  })
  const user = say(context.random.pick(['user', 'username']), choose(context, ACCOUNTS), {
    kind: 'username',
    secret: false,
  })
  const password = say(context.random.pick(['password', 'pass', 'pwd']), anyPassword(context), {
    kind: 'password',
    secret: true,
  })
  return joined([host, user, password])
}

/** The two halves of a cloud key: its number has a shape, its secret has none. */
function cloudKeyPair(anywhere: Context): Case | null {
  const context = inOneHand(anywhere)
  const site = ownLine(context)
  if (site === null) return null
  const number = stated(
    context,
    site,
    { kind: 'provider-token', secret: true },
    { name: ['aws access key id'], text: cloudKeyId(context.random) },
  )
  const text = context.random.bytes(30).toString('base64')
  return joined([
    number,
    stated(context, site, { kind: 'secret', secret: true }, { name: ['aws secret access key'], text }),
  ])
}

function environment(anywhere: Context): Case | null {
  const context = inOneHand(anywhere)
  const { dialect, random } = context
  const site = ownLine(context)
  if (site === null || !site.includes('%v') || dialect.expressions.length === 0) return null
  const template = random.pick(dialect.expressions)
  const prefix = choose(context, NAME_PREFIXES)
  const mark = { kind: 'expression', secret: false }
  const parts = ['user', 'password', 'secret key'].map((part) => {
    const name = [prefix, part]
    return stated(context, site, mark, { name, value: expand(context, template, { name }) })
  })
  return joined(parts)
}

/** Neighbours are written by the same hand: one style of names, one kind of quotes. */
function inOneHand(context: Context): Context {
  const { dialect, random } = context
  return {
    ...context,
    dialect: { ...dialect, styles: [random.pick(dialect.styles)], quotes: [random.pick(dialect.quotes)] },
  }
}

/** A place that takes one name and one value on one line. */
function ownLine({ dialect, random }: Context): string | null {
  const usable = dialect.sites.filter((site) => /%[nNE]/.test(site) && !/%u|\n/.test(site))
  return usable.length === 0 ? null : random.pick(usable)
}

function joined(cases: readonly (Case | null)[]): Case | null {
  const said = cases.filter((part) => part !== null)
  if (said.length !== cases.length) return null
  const marks = said.flatMap((part, index) => part.marks.map((mark) => ({ ...mark, at: index, end: index })))
  return { lines: said.flatMap((part) => part.lines), marks }
}
