import type { Connection } from '../../../../src/core/credential/connection/connection.ts'

/** A connection string of each kind, with `{user}` and `{password}` where the login stands, and what else it says. */
export interface Kind {
  readonly name: string
  readonly template: string
  /** How a login is spelled there. */
  readonly spell: (text: string) => string
  readonly says: Partial<Omit<Connection, 'user' | 'password'>>
}

const asIs = (text: string) => text
const url = encodeURIComponent
const at = (host: string, port: number | null) => ({ hosts: [{ host, port }] })

export const KINDS: readonly Kind[] = [
  {
    name: 'postgres://',
    template: 'postgres://{user}:{password}@db.example:5433/app?sslmode=verify-full&x=%2f',
    spell: url,
    says: {
      kind: 'url',
      driver: 'postgres',
      database: 'app',
      tls: { mode: 'verify-full', rootFile: false },
      ...at('db.example', 5433),
    },
  },
  {
    name: 'postgresql:// with several hosts',
    template: 'postgresql://{user}:{password}@a:1,b,[2001:db8::1]:3/app?target_session_attrs=any#top',
    spell: url,
    says: {
      driver: 'postgres',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: null },
        { host: '2001:db8::1', port: 3 },
      ],
    },
  },
  {
    name: 'a socket in the query',
    template: 'postgresql:///app?host=/run/pg&user={user}&password={password}',
    spell: url,
    says: { driver: 'postgres', database: 'app', ...at('/run/pg', null) },
  },
  {
    name: 'an escaped socket',
    template: 'postgresql://{user}:{password}@%2Frun%2Fpg/app',
    spell: url,
    says: { ...at('/run/pg', null) },
  },
  {
    name: 'SQLAlchemy',
    template: 'postgresql+psycopg://{user}:{password}@h/app',
    spell: url,
    says: { driver: 'postgres' },
  },
  { name: 'Django', template: 'postgis://{user}:{password}@h:5432/app', spell: url, says: { driver: 'postgres' } },
  {
    name: 'mysql://',
    template: 'mysql://{user}:{password}@h:3307/app?ssl-mode=VERIFY_CA&ssl-ca=/ca.pem',
    spell: url,
    says: { driver: 'mysql', tls: { mode: 'verify-ca', rootFile: true }, ...at('h', 3307) },
  },
  {
    name: 'mariadb://',
    template: 'mariadb+pymysql://{user}:{password}@[::1]/app',
    spell: url,
    says: { driver: 'mariadb', ...at('::1', null) },
  },
  {
    name: 'redis://',
    template: 'redis://{user}:{password}@h:6380/2',
    spell: url,
    says: { driver: 'redis', database: '2', tls: { mode: 'disable', rootFile: false } },
  },
  {
    name: 'rediss:// of a cluster',
    template: 'rediss://{user}:{password}@a:1, rediss://{user}:{password}@b:2',
    spell: url,
    says: {
      driver: 'redis',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      tls: { mode: 'verify-full', rootFile: false },
    },
  },
  {
    name: 'mongodb://',
    template:
      'mongodb://{user}:{password}@a:27017,b:27018/app?authSource=admin&replicaSet=rs0&tls=true&tlsAllowInvalidHostnames=true',
    spell: url,
    says: {
      driver: 'mongodb',
      database: 'app',
      options: { 'auth-source': 'admin', 'replica-set': 'rs0' },
      tls: { mode: 'verify-ca', rootFile: false },
    },
  },
  {
    name: 'mongodb+srv://',
    template: 'mongodb+srv://{user}:{password}@cluster.example/?retryWrites=true',
    spell: url,
    says: {
      driver: 'mongodb',
      database: null,
      options: { srv: 'true' },
      tls: { mode: 'verify-full', rootFile: false },
    },
  },
  {
    name: 'another system',
    template: 'amqps://{user}:{password}@h/vhost',
    spell: url,
    says: { kind: 'url', driver: null },
  },
  {
    name: 'JDBC for PostgreSQL',
    template: 'jdbc:postgresql://h:5433/app?user={user}&password={password}&ssl=true',
    spell: url,
    says: { kind: 'jdbc', driver: 'postgres', tls: { mode: 'verify-full', rootFile: false }, ...at('h', 5433) },
  },
  {
    name: 'JDBC for MySQL',
    template: 'jdbc:mysql:loadbalance://a,b:3307/app?useSSL=true&requireSSL=true&user={user}&password={password}',
    spell: url,
    says: { kind: 'jdbc', driver: 'mysql', tls: { mode: 'require', rootFile: false } },
  },
  {
    name: 'JDBC for MySQL, login in front',
    template: 'jdbc:mysql://{user}:{password}@h/app',
    spell: url,
    says: { driver: 'mysql' },
  },
  {
    name: 'JDBC for SQL Server',
    template: 'jdbc:sqlserver://h:1433;databaseName=app;user={{user}};password={{password}};encrypt=true;',
    spell: (text) => text.replaceAll('}', '}}'),
    says: { kind: 'jdbc', driver: null, database: 'app', ...at('h', 1433) },
  },
  {
    name: 'libpq',
    template:
      "host=a,b port = 1,2 dbname='my app' user='{user}'  password='{password}' sslmode=require sslrootcert=/ca.pem",
    spell: (text) => text.replace(/['\\]/g, '\\$&'),
    says: {
      kind: 'libpq',
      driver: 'postgres',
      database: 'my app',
      hosts: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      tls: { mode: 'require', rootFile: true },
    },
  },
  {
    name: 'ADO.NET with "',
    template: 'Server=h,1433; Initial Catalog = app;User ID="{user}";Password="{password}";SSL Mode=VerifyFull',
    spell: (text) => text.replaceAll('"', '""'),
    says: {
      kind: 'properties',
      driver: null,
      database: 'app',
      tls: { mode: 'verify-full', rootFile: false },
      ...at('h', 1433),
    },
  },
  {
    name: "ADO.NET with '",
    template: "Host=h;Port=5433;Database=app;Username='{user}';Password='{password}';",
    spell: (text) => text.replaceAll("'", "''"),
    says: { kind: 'properties', ...at('h', 5433) },
  },
  {
    name: 'ODBC',
    template: 'Driver={PostgreSQL Unicode};Server=h;UID={{user}};PWD={{password}};Database=app',
    spell: (text) => text.replaceAll('}', '}}'),
    says: { kind: 'properties', driver: 'postgres', ...at('h', null) },
  },
  {
    name: 'Go for MySQL',
    template: '{user}:{password}@tcp(h:3307)/app?tls=skip-verify&parseTime=true',
    spell: asIs,
    says: {
      kind: 'go-mysql',
      driver: 'mysql',
      database: 'app',
      tls: { mode: 'require', rootFile: false },
      ...at('h', 3307),
    },
  },
  {
    name: 'Go for MySQL, a socket',
    template: '{user}:{password}@unix(/run/mysql.sock)/',
    spell: asIs,
    says: { kind: 'go-mysql', database: null, ...at('/run/mysql.sock', null) },
  },
  {
    name: 'JSON',
    template:
      '{"a": [{"host": "x"}], "db": {"engine":"postgres", "username":"{user}",\n "password" : "{password}", "host":"h", "port":5433}}',
    spell: (text) => JSON.stringify(text).slice(1, -1),
    says: { kind: 'json', driver: 'postgres', ...at('h', 5433) },
  },
]

/** A connection string with this login. In a template with doubled braces the outer ones stay. */
export function filled({ template, spell }: Kind, user: string, password: string): string {
  return template.replaceAll('{user}', () => spell(user)).replaceAll('{password}', () => spell(password))
}
