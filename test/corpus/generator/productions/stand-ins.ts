import { type Case, type Context, choose, judged, type Production, type Split } from '../case.ts'
import { expand, placed, spell } from '../render.ts'
import { tag } from '../values/random-keys.ts'
import { INNOCENT, KEY_NAMES, PASSWORD_NAMES, TOKEN_NAMES } from '../vocabulary/names.ts'
import { LABELS, PLACEHOLDERS, REFERENCES } from '../vocabulary/stand-ins.ts'
import { ACCOUNTS, DOMAINS, MACHINES } from '../vocabulary/words.ts'
import { composedName, secretName } from './names.ts'

/** Names that promise a secret, with something else beside them. */
export const STAND_INS: readonly Production[] = [
  harmless('expression', 17, expression),
  harmless('mention', 17, mention),
  harmless('placeholder', 10, (context) => beside(context, 'placeholder', choose(context, PLACEHOLDERS))),
  harmless('reference', 9, (context) => beside(context, 'reference', choose(context, REFERENCES))),
  harmless('label', 6, label),
  harmless('innocent-name', 10, innocent),
  harmless('own-name', 4, ownName),
  harmless('username', 3, (context) =>
    placed(context, 'username', false, { name: [choose(context, USER_NAMES)], text: choose(context, ACCOUNTS) }),
  ),
  harmless('url-placeholder', 3, urlPlaceholder),
  harmless('example-token', 3, exampleToken),
  harmless('header-reference', 4, headerReference),
  { ...harmless('placeholder', 2, masked), hidden: true },
  { ...harmless('label', 2, sentence), hidden: true },
]

const USER_NAMES = {
  both: ['user', 'username'],
  open: ['db user', 'login', 'smtp user', 'account name'],
  hidden: ['user name', 'owner', 'ftp user', 'client name'],
}

function harmless(kind: string, weight: number, make: (context: Context) => Case | null): Production {
  return { kind, weight, make }
}

/** The name beside code: a variable, a call, a property, an environment look-up, or nothing at all. */
function expression(context: Context): Case | null {
  const { expressions } = context.dialect
  if (expressions.length === 0) return null
  const name = secretName(context)
  return placed(context, 'expression', false, {
    name,
    value: expand(context, context.random.pick(expressions), { name }),
  })
}

/** A declaration, a check, an import, a form field: code that is about passwords and holds none. */
function mention(context: Context): Case | null {
  const { mentions } = context.dialect
  if (mentions.length === 0) return null
  return judged(expand(context, context.random.pick(mentions), { name: secretName(context) }), 'mention', false)
}

function beside(context: Context, kind: string, template: string): Case | null {
  const name = secretName(context)
  return placed(context, kind, false, { name, text: inside(context, template, name) })
}

function label(context: Context): Case | null {
  const name = [
    ...composedName(context, PASSWORD_NAMES),
    context.random.pick(['label', 'hint', 'title', 'error', 'text']),
  ]
  return placed(context, 'label', false, { name, text: inside(context, choose(context, LABELS), name) })
}

/** A translation file has the bare name as key. */
function sentence(context: Context): Case | null {
  const name = secretName(context)
  return placed(context, 'label', false, { name, text: inside(context, choose(context, LABELS), name) })
}

function innocent(context: Context): Case | null {
  const [name, value] = choose(context, INNOCENT)
  return placed(context, 'innocent-name', false, { name: [name], text: inside(context, value, [name]) })
}

/** `PASSWORD_FIELD = 'password'`: the value is the name of a field, a header or a column. */
function ownName(context: Context): Case | null {
  const name = secretName(context)
  const value = spell(context.random.pick(['snake', 'kebab', 'camel', 'upper']), name)
  return placed(context, 'own-name', false, {
    name: [...name, context.random.pick(['field', 'name', 'param', 'column', 'header'])],
    text: value,
  })
}

const PAIRS = {
  both: ['user:password', 'username:password', '${USER}:${PASSWORD}'],
  open: ['<user>:<password>', '{user}:{pass}', 'YOUR_USER:YOUR_PASSWORD', '%s:%s', '$DB_USER:$DB_PASS'],
  hidden: ['USERNAME:PASSWORD', '{{user}}:{{password}}', '[user]:[password]', '****:****', 'login:xxxxx'],
}

function urlPlaceholder(context: Context): Case | null {
  const scheme = context.random.pick(['postgres', 'mysql', 'https', 'amqp', 'mongodb', 'redis'])
  const text = `${scheme}://${choose(context, PAIRS)}@${choose(context, MACHINES)}.${choose(context, DOMAINS)}/db`
  return placed(context, 'url-placeholder', false, { name: ['database url'], text })
}

const HEADERS: Split<readonly [key: string, value: string]> = {
  both: [
    ['Authorization', 'Bearer ${%E}'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Authorization', 'Bearer <token>'],
  ],
  open: [
    ['X-Api-Key', '{{ %n }}'],
    ['Authorization', 'Basic $AUTH'],
    ['X-Auth-Token', '#{%n}'],
    ['X-Request-Id', '%t-%d-%w'],
    ['Sec-WebSocket-Protocol', 'graphql-transport-ws'],
    ['X-Key-Type', 'publishable'],
  ],
  hidden: [
    ['X-Api-Key', '$%E'],
    ['Authorization', 'Basic {encoded}'],
    ['Private-Token', '%(%n)s'],
    ['X-Correlation-Id', '%w_%t_%d'],
    ['Accept', 'application/vnd.%t.v3+json'],
    ['X-Token-Scope', 'read:%t write:%t'],
  ],
}

function headerReference(context: Context): Case | null {
  const [key, value] = choose(context, HEADERS)
  return placed(context, 'header-reference', false, { key, text: inside(context, value, secretName(context)) })
}

const EXAMPLES = {
  both: [
    (c: Context) => `${'AK'}IA${c.random.characters('IOSFDNE2345', 9)}EXAMPLE`,
    () => `gh${'p_'}${'x'.repeat(36)}`,
  ],
  open: [
    () => `${'sk'}_live_...`,
    () => 'Bearer <your token>',
    () => `ey${'J'}hbGciOi...`,
    () => `xo${'xb-'}your-bot-token`,
    (c: Context) => `${c.random.characters('0', 8)}-0000-0000-0000-000000000000`,
    () => `glp${'at-'}${'X'.repeat(20)}`,
  ],
  hidden: [
    () => `${'sk'}_test_xxxxxxxxxxxxxxxxxxxxxxxx`,
    () => 'Bearer YOUR_ACCESS_TOKEN',
    () => 'Basic <base64 of user and password>',
    () => `np${'m_'}${'0'.repeat(36)}`,
    () => `S${'G.'}xxxx.yyyy`,
    () => `AI${'za'}...your-key...`,
  ],
}

function exampleToken(context: Context): Case | null {
  const name = composedName(context, context.random.pick([KEY_NAMES, TOKEN_NAMES]))
  return placed(context, 'example-token', false, { name, text: choose(context, EXAMPLES)(context) })
}

/** A value of which a tool shows only the edges. */
function masked(context: Context): Case | null {
  const text = `${tag(context, 3)}${context.random.pick(['****', '...', '••••', '[...]'])}${tag(context, context.random.integer(0, 3))}`
  return placed(context, 'placeholder', false, { name: secretName(context), text })
}

function inside(context: Context, template: string, name: readonly string[]): string {
  return expand(
    context,
    template.replaceAll('%n', () => spell('snake', name)),
    { name },
  )
}
