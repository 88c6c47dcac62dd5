// biome-ignore-all format: tables of templates are read better filled
import { DOTENV, JSON_FILE, PROPERTIES, YAML } from './configuration.ts'
import type { Dialect } from './dialect.ts'
import { SHELL } from './scripting.ts'

const PLAIN = { entries: [], calls: [], expressions: [], hiddenSites: [] } as const

export const NPMRC: Dialect = {
  ...PROPERTIES,
  id: 'npmrc',
  paths: ['.npmrc', '%t/.yarnrc'],
  opening: ['registry=https://npm.%D/'],
  comment: '# %c',
  sites: [
    '//npm.%D/:_authToken=%v', '//registry.%D/:_password=%v', '_auth=%v', '//%t.%D/npm/:_authToken=%v', '%w-%n=%v',
  ],
  hiddenSites: ['//%h.%D:4873/:_authToken="%r"'],
  expressions: ['${NPM_TOKEN}', '${%E}', ''],
  mentions: [
    'always-auth=true', '//npm.%D/:always-auth=true', 'email=%u@%D', '# the token is read from the environment',
  ],
  filler: ['save-exact=true', 'fund=false', '@%t:registry=https://npm.%D/', 'audit-level=high', '# %c'],
}

export const NETRC: Dialect = {
  ...PLAIN,
  id: 'netrc',
  paths: ['.netrc', '_netrc', 'home/%u/.netrc'],
  comment: '# %c',
  styles: ['flat'],
  quotes: [''],
  bare: /^\S+$/,
  escape: 'none',
  sites: [
    'machine %h.%D login %u password %v', 'machine %t.%D\n  login %u\n  password %v', 'default login %u password %v',
  ],
  hiddenSites: ['machine %h.%D login %u account %t password %v'],
  mentions: ['machine %h.%D login %u', 'macdef init', '# password: ask at the desk'],
  expressions: ['$NETRC_PASSWORD', '<password>'],
  filler: ['# %c', '', 'protocol https'],
}

export const PYPIRC: Dialect = {
  ...DOTENV,
  id: 'pypirc',
  paths: ['.pypirc', 'pip/pip.conf'],
  opening: ['[distutils]', 'index-servers = %t', '[%t]'],
  styles: ['flat', 'snake'],
  quotes: [''],
  bare: /^[^\n]*$/,
  escape: 'none',
  sites: ['password = %v', 'password=%v', 'password: %v', '%n = %v'],
  hiddenSites: ['[%w]\nusername = %u\npassword = %v'],
  filler: ['username = %u', 'repository = https://pypi.%D/simple', '[%w]', '# %c'],
  expressions: ['', '${%E}', '%(%n)s'],
  mentions: ['# the password is in the keyring', 'keyring-provider = import', 'cert = /etc/ssl/%t.pem'],
}

/** Lines of a password file, a stored git login, the secrets of a cloud profile. */
export const LOGIN_FILE: Dialect = {
  ...PLAIN,
  id: 'login-file',
  paths: ['.pgpass', '.git-credentials', '.aws/credentials', '.s3cfg', 'proftpd/%w.conf', '.my.cnf'],
  comment: '# %c',
  styles: ['snake'],
  quotes: [''],
  bare: /^[^\s:]+$/,
  escape: 'none',
  sites: [
    '%h.%D:5432:%t:%u:%v', 'https://%u:%v@git.%D', 'secret_key = %v', 'aws_secret_access_key = %v', 'password=%v',
    '[client]\npassword=%v',
  ],
  hiddenSites: ['//%u:%v@%h/share', 'aws_session_token = %v'],
  mentions: [
    '%h.%D:5432:%t:%u:', 'https://%u@git.%D', '[profile %t]', 'role_arn = arn:aws:iam::123456789012:role/%t',
    'ssl-key=/etc/mysql/%t.pem', 'credential_process = /opt/%t/bin/login', 'enable_passwords = true',
  ],
  expressions: ['$PGPASSWORD', '<password>'],
  filler: ['region = eu-west-1', '# %c', '[%t]', 'host=%h.%D', 'user=%u'],
  cases: [6, 10],
}

export const DOCKERFILE: Dialect = {
  ...SHELL,
  id: 'dockerfile',
  paths: ['Dockerfile', 'docker/%t.Dockerfile'],
  opening: ['FROM %t:%d', 'WORKDIR /app'],
  indents: [''],
  sites: ['ENV %n=%v', 'ENV %n %v', 'ARG %n=%v', 'ENV APP=%t %n=%v', 'RUN echo "%n=%r" >> /etc/%t.conf'],
  hiddenSites: ['CMD ["./%f", "--%n", "%r"]'],
  calls: [],
  expressions: ['$%E', '${%E}', '""', '"${%E:-}"'],
  mentions: [
    'RUN --mount=type=secret,id=%n npm ci', 'ARG %n', 'ENV %n_FILE=/run/secrets/%t', 'COPY %n.sh /usr/local/bin/',
    'LABEL %t.%n="none"',
  ],
  filler: ['RUN npm ci', 'COPY . .', 'EXPOSE %d', '# %c', 'USER %t', 'CMD ["%f"]'],
}

export const MAKEFILE: Dialect = {
  ...SHELL,
  id: 'makefile',
  paths: ['Makefile', '%t/Makefile', 'mk/%w.mk'],
  opening: ['.PHONY: %f'],
  indents: [''],
  quotes: ['', '', '"'],
  sites: ['%n = %v', '%n := %v', '%n ?= %v', 'export %n=%v', '\t%E=%v ./%f.sh', '\t./%f --%n=%v'],
  hiddenSites: ['%f: %n = %v'],
  calls: [],
  expressions: ['$(shell cat .%w)', '$(%E)', '$$%E', '', '$(or $(%E),)', '$(shell pass %t/%n)'],
  mentions: [
    'ifndef %n', '\t@test -n "$(%n)" || (echo "no %n"; exit 1)', '%n-check:', '# %n comes from the environment',
    '\tssh-keygen -f %t.key',
  ],
  filler: ['%f:', '\tnpm run %f', '# %c', '', '\t@echo "%c"', 'PORT := %d'],
}

export const DOCKER_CONFIG: Dialect = {
  ...JSON_FILE,
  id: 'client-config',
  paths: [
    '.docker/config.json', 'sftp-config.json', '.remote-sync.json', '%t/service-account.json', 'robomongo.json',
    'postman/%t.json',
  ],
  sites: [
    '"%n": %v,', '"password": %v,', '"userPassword": %v,', '"passphrase": %v,',
    '{ "key": "%n", "value": %v, "enabled": true },', '"sasl": { "mechanism": "plain", "%n": %v },',
  ],
  mentions: [
    '"credsStore": "desktop",', '"save_password": false,', '"auth_uri": "https://accounts.%D/o/oauth2/auth",',
    '"token_uri": "https://oauth2.%D/token",', '"private_key_id": "",', '"ssh_key_file": "~/.ssh/id_%w",',
    '"type": "service_account",', '"ask_%n": true,',
  ],
  traits: ['docker-auth'],
}

export const HTTP_FILE: Dialect = {
  ...PLAIN,
  id: 'http',
  paths: ['requests/%t.http', 'test/%w.rest', 'cassettes/%t.yml'],
  comment: '# %c',
  styles: ['kebab', 'snake'],
  quotes: [''],
  bare: /^[^\n]*$/,
  escape: 'none',
  sites: ['@%n = %v', 'X-%N: %v', '{"user": "%u", "%n": "%r"}', '%n=%r&submit=1'],
  hiddenSites: ['Cookie: %n=%r'],
  entries: ['%k: %v', '%k: %v', '- %k: %v'],
  expressions: ['{{%n}}', '{{$processEnv %E}}', '{{login.response.body.%n}}', 'Bearer {{%n}}'],
  mentions: [
    'Access-Control-Allow-Headers: Authorization, X-Api-Key', 'WWW-Authenticate: Basic realm="%t"',
    'WWW-Authenticate: Bearer error="invalid_token"', '# @prompt %n', 'POST https://api.%D/%n/reset HTTP/1.1',
    '{"error": "%n expired"}', 'Content-Security-Policy: script-src self',
  ],
  filler: ['GET https://api.%D/%t HTTP/1.1', 'Content-Type: application/json', 'Accept: */*', '', '###', '# %c'],
}

export const KUBECONFIG: Dialect = {
  ...YAML,
  id: 'kubeconfig',
  paths: ['.kube/config', 'kubeconfig-%t.yaml'],
  opening: ['apiVersion: v1', 'kind: Config', 'users:', '- name: %t'],
  sites: ['token: %v', 'password: %v', '%n: %v'],
  hiddenSites: [],
  entries: [],
  mentions: [
    'exec: { command: aws, args: [eks, get-token] }', 'tokenFile: /var/run/secrets/%t/token',
    'client-key: /home/%u/%t.key', 'current-context: %t', 'auth-provider: { name: oidc }',
  ],
  filler: ['server: https://%h.%D:6443', 'namespace: %t', '# %c', 'user: %t'],
  traits: ['kubeconfig'],
  cases: [6, 10],
}

/** Schemas say the names of secrets on every line, and no value ever. */
export const SCHEMA: Dialect = {
  ...PLAIN,
  id: 'schema',
  paths: ['proto/%t.proto', 'schema/%t.graphql', 'api/%w.raml', 'prisma/schema.prisma'],
  opening: ['syntax = "proto3";', ''],
  closing: ['}'],
  indents: ['  '],
  comment: '// %c',
  styles: ['snake', 'camel'],
  quotes: ['"'],
  escape: 'backslash',
  sites: ['%n: String = %v', 'option %n = %v;'],
  hiddenSites: [],
  mentions: [
    'string %n = %d;', 'optional bytes %n = %d [deprecated = true];', '%n: String!',
    'reset%N(%n: String!, confirm: String!): Boolean', 'message %NRequest {',
    'rpc Rotate%N (%NRequest) returns (%NReply);', '%n String @unique @db.VarChar(64)', 'enum %NType { OPAQUE SIGNED }',
    '%n: ID @auth(requires: ADMIN)', 'input %NInput {',
  ],
  filler: ['string %w = %d;', '}', 'message %T {', '%w: Int', '// %c', 'type %T {'],
  share: 0,
}

/** Files of armour: a few keys and certificates, one after another. */
export const ARMOUR: Dialect = {
  ...PLAIN,
  id: 'armour',
  paths: ['certs/%t.pem', 'ssl/%h.key', '.ssh/id_%w', 'keys/%t.pem'],
  comment: null,
  styles: ['flat'],
  quotes: [''],
  escape: 'none',
  sites: [],
  mentions: [],
  filler: [''],
  block: { opening: '', indent: '', closing: '' },
  cases: [2, 4],
  share: 0.5,
  traits: ['armour'],
}
