import { type Context, judged, type Production } from '../case.ts'
import type { Trait } from '../dialects/dialect.ts'
import { expand } from '../render.ts'
import { base62Key } from '../values/random-keys.ts'
import { opaqueToken } from '../values/structured.ts'
import { plainPassword } from './assignments.ts'

/** Secrets on a command line, as scripts, histories and documentation hold them, and in statements of a database. */
export const COMMANDS: readonly Production[] = [
  command(6, 'mysql -h %h.%D -u %u -p%r %t'),
  command(5, 'curl -u %u:%r https://%h.%D/%t'),
  command(4, 'PGPASSWORD=%r psql -h %h -U %u %t'),
  command(4, 'sshpass -p %r ssh %u@%h.%D'),
  command(4, 'docker login -u %u -p %r registry.%D'),
  command(3, 'redis-cli -h %h -a %r ping'),
  command(3, 'mysqldump --user=%u --password=%r %t > %w.sql'),
  command(3, 'wget --user=%u --password=%r ftp://%h.%D/%w.tgz'),
  command(3, 'helm upgrade %t ./chart --set auth.password=%r'),
  command(3, 'kubectl create secret generic %t --from-literal=password=%r'),
  command(3, "echo '%u:%r' | chpasswd"),
  command(2, 'openssl enc -aes-256-cbc -in %w.tar -out %w.enc -pass pass:%r'),
  command(2, 'keytool -genkey -alias %t -storepass %r -keypass %r'),
  command(2, './%f.sh --user %u --password %r'),
  command(2, 'mongo --host %h -u %u -p %r --authenticationDatabase admin'),
  command(2, 'ldapsearch -x -D "cn=%u,dc=%w" -w %r'),
  { ...command(3, 'smbclient //%h/%t -U %u%%r'), hidden: true },
  { ...command(3, 'sqlcmd -S %h -U %u -P %r -Q "select 1"'), hidden: true },
  { ...command(3, 'ansible-playbook %t.yml -e "db_password=%r"'), hidden: true },
  { ...command(2, 'htpasswd -bc .htpasswd %u %r'), hidden: true },
  command(4, 'curl -H "Authorization: Bearer %r" https://%h.%D/%t', opaqueToken),
  command(3, "curl -s -H 'X-Api-Key: %r' https://api.%D/%t", base62Key),
  command(3, 'git clone https://%u:%r@git.%D/%w/%t.git', base62Key),
  {
    ...command(2, 'aws configure set aws_secret_access_key %r', (c) => c.random.bytes(30).toString('base64')),
    hidden: true,
  },
  statement(7, "CREATE USER '%u'@'%' IDENTIFIED BY '%r';"),
  statement(6, "ALTER ROLE %u WITH LOGIN PASSWORD '%r';"),
  statement(5, "CREATE LOGIN %w WITH PASSWORD = '%r';"),
  statement(4, "GRANT ALL ON %t.* TO '%u'@'localhost' IDENTIFIED BY '%r';"),
  statement(3, "SET PASSWORD FOR '%u'@'%h' = PASSWORD('%r');"),
  { ...statement(4, "CREATE ROLE %w LOGIN ENCRYPTED PASSWORD '%r' VALID UNTIL '2030-01-01';"), hidden: true },
  { ...statement(3, 'ALTER USER %w IDENTIFIED BY "%r";'), hidden: true },
]

/** The same tools, with the secret taken from elsewhere or asked for. */
export const HARMLESS_COMMANDS: readonly Production[] = [
  harmless('commands', 'mysql -h %h -u %u -p"$%E" %t'),
  harmless('commands', 'mysql -h %h.%D -u %u -p %t'),
  harmless('commands', 'curl -u "$API_USER:$API_PASS" https://%h.%D/%t'),
  harmless('commands', 'curl -H "Authorization: Bearer $TOKEN" https://api.%D/%t'),
  harmless('commands', 'curl -H "X-Api-Key: ${API_KEY}" https://%D/%t/%d'),
  harmless('commands', 'echo "$TOKEN" | docker login -u %u --password-stdin registry.%D'),
  harmless('commands', 'PGPASSWORD="$DB_PASS" pg_dump -h %h -U %u %t'),
  harmless('commands', 'openssl rand -base64 32 > %t.key'),
  harmless('commands', 'ssh-keygen -t ed25519 -f ~/.ssh/%w -N ""'),
  harmless('commands', 'kubectl get secret %t -o jsonpath="{.data.password}" | base64 -d'),
  harmless('commands', 'vault kv get -field=password secret/%t'),
  harmless('commands', 'aws secretsmanager get-secret-value --secret-id %t/%w --query SecretString'),
  { ...harmless('commands', 'sshpass -e ssh %u@%h.%D'), hidden: true },
  { ...harmless('commands', 'helm upgrade %t ./chart --set auth.existingSecret=%t-%w'), hidden: true },
  harmless('statements', "ALTER USER %u PASSWORD '${DB_PASS}';"),
  harmless('statements', 'CREATE USER %u IDENTIFIED BY :password;'),
  harmless('statements', 'SELECT user, password_last_changed FROM mysql.user;'),
  harmless('statements', 'GRANT SELECT (token_hash) ON %t TO %u;'),
  { ...harmless('statements', "EXECUTE format('ALTER ROLE %I PASSWORD %L', %w, pw);"), hidden: true },
]

/** Words in front of a command in files that are no scripts. */
function prompt({ dialect }: Context): string {
  return { 'ci-workflow': '- run: ', dockerfile: 'RUN ', makefile: '\t' }[dialect.id] ?? ''
}

function harmless(trait: Trait, template: string): Production {
  return {
    kind: 'command',
    weight: 1.2,
    trait,
    make: (context) => judged(prompt(context) + expand(context, template), 'command', false),
  }
}

function command(weight: number, template: string, value: (context: Context) => string = shellPassword): Production {
  const make = (context: Context) =>
    judged(prompt(context) + expand(context, template, { raw: value(context) }), 'command-line', true)
  return { kind: 'command-line', weight: weight / 2, trait: 'commands', make }
}

function statement(weight: number, template: string): Production {
  const make = (context: Context) =>
    judged(expand(context, template, { raw: plainPassword(context) }), 'sql-statement', true)
  return { kind: 'sql-statement', weight: weight * 1.5, trait: 'statements', make }
}

/** A shell takes some symbols for its own: people then quote the password, and a workflow is not worth the trouble. */
function shellPassword(context: Context): string {
  const text = plainPassword(context)
  if (/^[\w.@%+=^-]+$/.test(text)) return text
  return context.dialect.id === 'ci-workflow' ? text.replace(/[#$&*?!]/g, '_') : `'${text}'`
}
