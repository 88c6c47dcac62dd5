import { type Case, type Context, choose } from './case.ts'
import type { Dialect, NameStyle } from './dialects/dialect.ts'
import { ACCOUNTS, DOMAINS, MACHINES, NOUNS, PROSE, THINGS, VERBS } from './vocabulary/words.ts'

/** What may stand at a place that brings a secret's name of its own, such as `password` in a .netrc. */
const NAMED_SECRETS: ReadonlySet<string> = new Set([
  'password',
  'weak-password',
  'passphrase',
  'token',
  'api-key',
  'secret',
  'provider-token',
  'placeholder',
  'reference',
  'expression',
  'example-token',
])

/** What goes into a template besides the words it draws itself. `name` is a list of words, `value` is already in its literal form. */
export type Filling = {
  readonly name?: readonly string[]
  readonly value?: string
  readonly raw?: string
  readonly key?: string
}

/** Writes a name in a style: `db password` becomes `dbPassword`, `DB_PASSWORD` and so on. */
export function spell(style: NameStyle, name: readonly string[]): string {
  const words = name.flatMap((part) => part.split(' '))
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  switch (style) {
    case 'camel':
      return [words[0], ...capital.slice(1)].join('')
    case 'pascal':
      return capital.join('')
    case 'snake':
      return words.join('_')
    case 'upper':
      return words.join('_').toUpperCase()
    case 'kebab':
      return words.join('-')
    case 'dot':
      return words.join('.')
    case 'flat':
      return words.join('')
    case 'title':
      return capital.join(' ')
  }
}

/** Fills a template. What has no filling is drawn from the half's words; a letter that stands for nothing stays as it is. */
export function expand(context: Context, template: string, filling: Filling = {}): string {
  const name = filling.name ?? [choose(context, NOUNS)]
  const style = context.random.pick(context.dialect.styles)
  const word = (list: Parameters<typeof choose<string>>[1]) => choose(context, list)
  const slots: Record<string, () => string> = {
    n: () => spell(style, name),
    N: () => spell('pascal', name),
    E: () => spell('upper', name),
    v: () => filling.value ?? '',
    r: () => filling.raw ?? '',
    k: () => filling.key ?? '',
    t: () => word(THINGS),
    T: () => spell('pascal', [word(THINGS)]),
    w: () => word(NOUNS),
    W: () => spell('pascal', [word(NOUNS)]),
    f: () => word(VERBS),
    F: () => spell('pascal', [word(VERBS)]),
    u: () => word(ACCOUNTS),
    h: () => word(MACHINES),
    D: () => word(DOMAINS),
    i: () => `${context.random.integer(0, 9)}`,
    d: () => `${context.random.integer(1, 90)}`,
    c: () => word(PROSE),
  }
  return template.replace(/%([a-zA-Z])/g, (whole, letter: string) => slots[letter]?.() ?? whole)
}

/** Writes a text as a literal of the dialect, or answers null where its quotes cannot hold it. */
export function literal({ random, dialect }: Context, text: string): string | null {
  // An escaped line feed is read back only between double quotes: a PEM block in one line is written so.
  const double = text.includes('\n') ? dialect.quotes.find((candidate) => candidate === '"') : undefined
  const quote = double ?? random.pick(dialect.quotes)
  if (quote === '') {
    if (dialect.bare?.test(text) && !text.includes('\n')) return text
    const other = dialect.quotes.find((candidate) => candidate !== '')
    return other === undefined ? null : quoted(dialect, text, other)
  }
  return quoted(dialect, text, quote)
}

/** Puts a value, already in its literal form or as it is, at one of the places the dialect has for names and values. */
export function placed(
  context: Context,
  kind: string,
  secret: boolean,
  filling: Filling & { readonly text?: string },
): Case | null {
  const { dialect, half, random } = context
  const list =
    filling.key === undefined ? [...dialect.sites, ...(half === 'hidden' ? dialect.hiddenSites : [])] : dialect.entries
  const named = NAMED_SECRETS.has(kind) ? list : list.filter((site) => /%[nNEk]/.test(site))
  const usable = filling.text === undefined ? named.filter((site) => !site.includes('%r')) : named
  if (usable.length === 0) return null
  return stated(context, random.pick(usable), { kind, secret }, filling)
}

/** Fills one template with a judged value; the mark stands on the line that holds the value. */
export function stated(
  context: Context,
  template: string,
  { kind, secret }: { readonly kind: string; readonly secret: boolean },
  filling: Filling & { readonly text?: string },
): Case | null {
  const { text } = filling
  const value = text === undefined ? filling.value : literal(context, text)
  const raw = text === undefined ? '' : asItIs(context.dialect, text)
  if ((template.includes('%v') && (value ?? null) === null) || (template.includes('%r') && raw === null)) return null
  const lines = expand(context, template, { ...filling, ...(value ? { value } : {}), ...(raw ? { raw } : {}) }).split(
    '\n',
  )
  const at = Math.max(
    0,
    template.split('\n').findIndex((line) => /%[vr]/.test(line)),
  )
  return { lines, marks: [{ at, end: at, kind, secret }] }
}

function quoted(dialect: Dialect, text: string, opening: string): string | null {
  const closing = opening.slice(-1)
  const wrap = (body: string) => `${opening}${body}${opening.startsWith('\\') ? `\\${closing}` : closing}`
  if (dialect.escape === 'none') return /["'\\\n]/.test(text) ? null : wrap(text)
  if (dialect.escape === 'entity') return text.includes('\n') ? null : wrap(entities(text))
  if (dialect.escape === 'double') return text.includes('\n') ? null : wrap(text.replaceAll(closing, closing + closing))
  return wrap(text.replaceAll('\\', '\\\\').replaceAll(closing, `\\${closing}`).replaceAll('\n', '\\n'))
}

function asItIs(dialect: Dialect, text: string): string | null {
  if (text.includes('\n')) return null
  if (dialect.escape === 'entity') return entities(text)
  return /["'\\]/.test(text) ? null : text
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
