import { judgeName, type NameKind } from '../../scan/generic/name/judge-name.ts'
import { splitWords } from '../../scan/generic/name/split-words.ts'
import type { SecretType } from '../sections/kinds.ts'

interface Name {
  readonly words: readonly string[]
  /** What the scanner takes it for; null for no secret. */
  readonly kind: NameKind | null
}

const MASTERS = words('master sealward sops age')
const WEBHOOKS = words('webhook webhooks')
const DATABASES = words(
  'db dbs database postgres postgresql pg pgsql mysql mariadb mssql sqlserver sqlite oracle mongo mongodb redis valkey cassandra clickhouse cockroach couchdb neo4j supabase planetscale',
)
const ADDRESSES = words('url uri dsn connection conn jdbc')
const BROKERS = words('amqp amqps rabbitmq smtp smtps ldap ldaps imap broker')
const CERTIFICATES = words('cert certs certificate certificates crt pem pfx p12 keystore truststore')
const TLS = words('tls ssl mtls')
const OWN_KEYS = words(
  'jwt session sessions cookie cookies signing sign signature encryption encrypt crypto cipher hmac csrf nextauth auth salt app private',
)
const ISSUED = words('client consumer api access')

/** What decides, from what is told best to what says least. */
const GUESSES: readonly (readonly [SecretType, (name: Name) => boolean])[] = [
  ['master-key', ({ words, kind }) => kind === 'key' && some(words, MASTERS)],
  ['webhook-secret', ({ words, kind }) => some(words, WEBHOOKS) && (kind !== null || ends(words, ADDRESSES))],
  ['database', ({ words, kind }) => some(words, DATABASES) && (kind !== null || some(words, ADDRESSES))],
  ['certificate', ({ words, kind }) => some(words, CERTIFICATES) && kind !== 'password' && kind !== 'token'],
  ['certificate', ({ words, kind }) => some(words, TLS) && kind === 'key'],
  ['service-password', ({ words, kind }) => kind === 'password' || (some(words, BROKERS) && ends(words, ADDRESSES))],
  ['signing-key', ({ words, kind }) => kind === 'salt' || (kind !== null && isOwnKey(words))],
  [
    'api-key',
    ({ words, kind }) =>
      kind === 'key' || kind === 'token' || kind === 'auth' || (kind === 'secret' && some(words, ISSUED)),
  ],
  ['secret', ({ kind }) => kind !== null],
]

/**
 * Guesses from the name of a variable what it is, with what the scanner knows about names. That a person types a password is never
 * guessed, because such a password need not be changed: that has to be said.
 *
 * @returns `setting` for a name that promises no secret
 */
export function guessType(name: string): SecretType {
  const asked: Name = { words: splitWords(name), kind: judgeName(name)?.kind ?? null }
  return GUESSES.find(([, fits]) => fits(asked))?.[0] ?? 'setting'
}

/** `JWT_SECRET`, `ENCRYPTION_KEY`; and `SECRET_KEY`, as frameworks call what signs their sessions. A token comes from somebody else. */
function isOwnKey(words: readonly string[]): boolean {
  if (words.includes('token') || some(words, ISSUED)) return false
  return some(words, OWN_KEYS) || words.join(' ').startsWith('secret key')
}

function some(words: readonly string[], listed: ReadonlySet<string>): boolean {
  return words.some((word) => listed.has(word))
}

/** Of a name that has a word. */
function ends(words: readonly string[], listed: ReadonlySet<string>): boolean {
  return listed.has(words.at(-1)!)
}

function words(line: string): ReadonlySet<string> {
  return new Set(line.split(' '))
}
