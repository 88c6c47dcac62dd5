import { type Context, choose, judged, type Production } from '../case.ts'
import { expand, placed } from '../render.ts'
import { anyKey, base62Key, tag } from '../values/random-keys.ts'
import { jwt, opaqueToken } from '../values/structured.ts'
import { ADDRESS_NAMES } from '../vocabulary/names.ts'
import { ACCOUNTS, DOMAINS, MACHINES, THINGS } from '../vocabulary/words.ts'
import { plainPassword } from './assignments.ts'
import { composedName } from './names.ts'

/** Credentials inside of URLs, connection strings and headers. */
export const ADDRESSED: readonly Production[] = [
  address('url-credentials', 7, databaseUrl),
  address('url-credentials', 4, webUrl),
  address('url-credentials', 2, (c) => `redis://:${encoded(c)}@${host(c)}:6379/${c.random.integer(0, 5)}`),
  address('connection-string', 4, sqlServer),
  address(
    'connection-string',
    3,
    (c) => `host=${host(c)} port=5432 dbname=${choose(c, THINGS)} user=${user(c)} password=${plainPassword(c)}`,
  ),
  address(
    'connection-string',
    2,
    (c) => `jdbc:mysql://${host(c)}/${choose(c, THINGS)}?user=${user(c)}&password=${encoded(c)}`,
  ),
  address('connection-string', 2, storageAccount),
  {
    ...address(
      'connection-string',
      2,
      (c) =>
        `Endpoint=sb://${choose(c, THINGS)}.servicebus.windows.net/;SharedAccessKeyName=Root;${'Shared'}AccessKey=${c.random.bytes(32).toString('base64')}`,
    ),
    hidden: true,
  },
  {
    ...address(
      'connection-string',
      1,
      (c) => `DRIVER={PostgreSQL};SERVER=${host(c)};UID=${user(c)};PWD=${plainPassword(c)};`,
    ),
    hidden: true,
  },
  address('url-query', 3, queryUrl),
  header(
    'basic-auth',
    4,
    'Authorization',
    (c) => `Basic ${Buffer.from(`${user(c)}:${plainPassword(c)}`).toString('base64')}`,
  ),
  header('bearer', 4, 'Authorization', (c) => `Bearer ${c.random.pick([opaqueToken, jwt, base62Key])(c)}`),
  header('header-key', 3, 'X-Api-Key', anyKey),
  header('header-key', 1, 'X-Auth-Token', anyKey),
  { ...header('header-key', 2, 'Private-Token', opaqueToken), hidden: true },
  {
    ...header(
      'basic-auth',
      1,
      'Proxy-Authorization',
      (c) => `Basic ${Buffer.from(`${user(c)}:${plainPassword(c)}`).toString('base64')}`,
    ),
    hidden: true,
  },
]

const SCHEMES = [
  'postgres',
  'postgresql',
  'mysql',
  'mongodb',
  'mongodb+srv',
  'amqp',
  'amqps',
  'mysql+pymysql',
  'mssql',
  'rediss',
  'ldap',
  'smtp',
]

function address(kind: string, weight: number, text: (context: Context) => string): Production {
  const make = (context: Context) =>
    placed(context, kind, true, { name: composedName(context, ADDRESS_NAMES), text: text(context) })
  return { kind, weight, make }
}

function header(kind: string, weight: number, key: string, text: (context: Context) => string): Production {
  const make = (context: Context) => {
    if (context.dialect.traits?.includes('http')) return judged(`> ${key}: ${text(context)}`, kind, true)
    if (context.dialect.entries.length > 0) return placed(context, kind, true, { key, text: text(context) })
    return placed(context, kind, true, { name: key.toLowerCase().split('-'), text: text(context) })
  }
  return { kind, weight, make }
}

function databaseUrl(context: Context): string {
  const scheme = context.random.pick(SCHEMES)
  return `${scheme}://${user(context)}:${encoded(context)}@${host(context)}:${context.random.integer(1000, 9999)}/${choose(context, THINGS)}`
}

function webUrl(context: Context): string {
  const { random } = context
  const scheme = random.pick(['https', 'https', 'http', 'ftp', 'sftp', 'git+https'])
  const name = random.pick([user(context), 'oauth2', 'x-access-token'])
  const secret = random.pick([encoded, base62Key])(context)
  return `${scheme}://${name}:${secret}@${host(context)}/${choose(context, THINGS)}${random.pick(['', '.git', '/api'])}`
}

function queryUrl(context: Context): string {
  const key = context.random.pick(['api_key', 'access_token', 'token', 'apikey', 'client_secret'])
  return `https://${host(context)}/v1/${choose(context, THINGS)}?page=2&${key}=${base62Key(context)}`
}

function sqlServer(context: Context): string {
  const tail = context.random.pick(['', 'Encrypt=True;', 'MultipleActiveResultSets=true'])
  const [userKey, passKey] = context.random.pick([
    ['User Id', 'Password'],
    ['Uid', 'Pwd'],
    ['User ID', 'password'],
  ] as const)
  return `Server=${host(context)};Database=${choose(context, THINGS)};${userKey}=${user(context)};${passKey}=${plainPassword(context)};${tail}`
}

function storageAccount(context: Context): string {
  const name = `${choose(context, THINGS)}${tag(context, 4).toLowerCase()}`
  return `DefaultEndpointsProtocol=https;AccountName=${name};${'Account'}Key=${context.random.bytes(64).toString('base64')};EndpointSuffix=core.windows.net`
}

function encoded(context: Context): string {
  return encodeURIComponent(plainPassword(context))
}

function user(context: Context): string {
  return choose(context, ACCOUNTS)
}

function host(context: Context): string {
  return context.random.pick([
    `${choose(context, MACHINES)}.${choose(context, DOMAINS)}`,
    expand(context, '10.%d.%d.%d'),
    choose(context, MACHINES),
  ])
}
