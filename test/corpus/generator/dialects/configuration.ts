// biome-ignore-all format: tables of templates are read better filled
import type { Dialect } from './dialect.ts'

/** What the formats without expressions of their own have in common. */
const PLAIN = { escape: 'backslash', entries: [], calls: [], expressions: [], hiddenSites: [] } as const

export const DOTENV: Dialect = {
  ...PLAIN,
  id: 'dotenv',
  paths: ['.env', '.env.%t', 'config/.env.production', '.envrc', 'docker/%t.env'],
  comment: '# %c',
  styles: ['upper'],
  quotes: ['', '', '', '"', "'"],
  bare: /^[\w.%+/=@:!^?*-]+$/,
  sites: ['%n=%v', '%n=%v', '%n=%v', 'export %n=%v', '# %n=%v'],
  hiddenSites: ['%n = %v', '%T_%n=%v'],
  expressions: ['', '""', '${%E}', '$(pass show %t/%w)', '"${%t}_${%w}"'],
  mentions: [
    '# %n is asked for at start', '%n_FILE=/run/secrets/%t', 'USE_%n=true', '%n_TTL=3600',
    '# generate the %n with openssl rand -hex 32',
  ],
  filler: [
    '%E_PORT=%d', 'APP_NAME=%t', 'LOG_LEVEL=info', '', '# %c', 'DEBUG=false', 'CACHE_DRIVER=redis', '%T_HOST=%h.%D',
  ],
}

export const YAML: Dialect = {
  ...PLAIN,
  id: 'yaml',
  paths: [
    'config/%t.yml', 'config/application-%w.yaml', 'helm/%t/values.yaml', 'ansible/group_vars/%t.yml',
    'src/main/resources/application.yml',
  ],
  opening: ['%t:'],
  indents: ['  ', '    '],
  comment: '# %c',
  styles: ['snake', 'camel', 'kebab', 'snake'],
  quotes: ['', '', '"', "'"],
  bare: /^[A-Za-z0-9][\w.+/=@!$^-]*$/,
  sites: ['%n: %v', '%n: %v', '%n: %v', '"%n": %v', '- %n: %v', '# %n: %v', '%w: { %n: %v, port: %d }'],
  hiddenSites: ['%n: !!str %v', '- { name: %n, value: %v }'],
  entries: ['%k: %v', '"%k": %v'],
  expressions: ['"{{ .Values.%t.%n }}"', '${%E}', 'null', '""', '~', '!vault', '!env %E', "'{{ %n }}'", '*%w'],
  mentions: [
    '%n: string', 'name: %n', 'required: [user, %n]', '- %n', 'x-%n-ref: "#/components/schemas/%N"',
    'description: The %n of the user', 'key: %n', 'secretName: %t-tls', 'existingSecret: %t-%w',
  ],
  filler: ['%w:', 'port: %d', 'enabled: true', 'host: %h.%D', '# %c', 'replicas: %d', 'level: info', 'name: %t'],
  block: { opening: '%n: |', indent: '  ', closing: '' },
  traits: ['ansible'],
}

export const COMPOSE: Dialect = {
  ...YAML,
  traits: ['pinned'],
  id: 'docker-compose',
  paths: ['docker-compose.yml', 'compose.%t.yaml'],
  opening: ['services:', '  %t:', '    image: %t:%d', '    environment:'],
  indents: ['      '],
  styles: ['upper', 'upper', 'snake'],
  sites: ['%n: %v', '%n: %v', '- %n=%r', '- "%n=%r"', 'command: ["serve", "--%n", %v]'],
  hiddenSites: ['command: redis-server --%n %v'],
  entries: [],
  expressions: ['${%E}', '"${%E:-}"', '""', '${%E:?set it}'],
  mentions: [
    '- %n', '%n_FILE: /run/secrets/%t_%w', 'secrets: [%t_%w]', 'external: true # %n',
    '- MYSQL_RANDOM_ROOT_PASSWORD=yes',
  ],
  filler: ['TZ: Europe/Berlin', '- LOG_LEVEL=debug', '%E_HOST: %h', '# %c', '- "%d:%d"', 'restart: always'],
}

export const KUBERNETES: Dialect = {
  ...YAML,
  id: 'kubernetes',
  paths: ['k8s/%t.yaml', 'deploy/%t-secret.yml', 'manifests/%w/%t.yaml'],
  opening: ['apiVersion: v1', 'kind: Secret', 'metadata:', '  name: %t', 'stringData:'],
  indents: ['  '],
  sites: ['%n: %v', '%n: %v', '- name: %E\n  value: %v', '%E: %v'],
  hiddenSites: ['- { name: "%E", value: %v }'],
  expressions: ['""', '$(%E)', '"${%E}"', '{{ .Values.%n | b64enc }}'],
  mentions: [
    '- name: %E\n  valueFrom: { secretKeyRef: { name: %t, key: %n } }', 'secretName: %t-tls',
    '- secretRef: { name: %t-%w }', 'remoteRef: { key: prod/%t/%n }', 'automountServiceAccountToken: false',
    'tokenExpirationSeconds: 3600',
  ],
  filler: ['labels: { app: %t }', '# %c', 'namespace: %w', 'replicas: %d', 'type: Opaque', 'containerPort: %d'],
  traits: ['kubernetes', 'pinned'],
}

export const WORKFLOW: Dialect = {
  ...YAML,
  id: 'ci-workflow',
  paths: ['.github/workflows/%t.yml', '.gitlab-ci.yml', '.travis.yml', '.circleci/config.yml', 'azure-pipelines.yml'],
  opening: ['name: %t', 'jobs:', '  build:', '    env:'],
  indents: ['      '],
  styles: ['upper', 'upper', 'kebab'],
  sites: ['%n: %v', '%n: %v', '- run: export %n=%r', '- %n: %v'],
  hiddenSites: ['- run: echo "%n=%r" >> $GITHUB_ENV'],
  entries: [],
  expressions: [
    '${{ secrets.%E }}', '${{ secrets.%E }}', '$%E', '${{ github.token }}', '${{ inputs.%n }}', '$(%E)',
    '${{ steps.%w.outputs.%n }}',
  ],
  mentions: [
    '%n: ${{ secrets.%E }}', 'id-token: write', '- run: test -n "$%E"', 'if: env.%E != null', '- uses: %t/%f-%w@v%d',
    'cache-key: %t-{{ checksum "package-lock.json" }}', '- secure: %n',
  ],
  filler: [
    '- run: npm run %f', 'runs-on: ubuntu-latest', '# %c', 'NODE_ENV: test', 'timeout-minutes: %d', '- name: %f %t',
  ],
  traits: ['commands', 'pinned'],
}

export const JSON_FILE: Dialect = {
  ...PLAIN,
  id: 'json',
  paths: ['config/%t.json', 'appsettings.%T.json', '%t/settings.json', 'test/fixtures/%t.json', '.docker/%w.json'],
  opening: ['{', '  "name": "%t",'],
  closing: ['  "version": "1.%d.0"', '}'],
  indents: ['  ', '    '],
  comment: null,
  styles: ['camel', 'snake', 'pascal', 'kebab', 'upper'],
  quotes: ['"'],
  sites: ['"%n": %v,', '"%n": %v,', '"%t": { "user": "%u", "%n": %v },', '"%n":%v,', '{ "key": "%n", "value": %v },'],
  hiddenSites: ['{ "Name": "%n", "Type": "string", "Value": %v },', '"%n" : [%v],'],
  entries: ['"%k": %v,'],
  expressions: ['null', '""', '"${%E}"', '"env:%E"', 'true', '{ "$ref": "#/definitions/%N" }'],
  mentions: [
    '"%n": { "type": "string", "minLength": 8 },', '"%n": "string",', '"required": ["user", "%n"],',
    '"in": "header", "name": "%n",', '"description": "The %n used to sign in",', '"%n": true,',
    '"secretName": "%t-%w",', '"%n": ["view", "rotate"],',
  ],
  filler: [
    '"port": %d,', '"host": "%h.%D",', '"enabled": true,', '"%w": [1, 2, 3],', '"%t": { "size": %d },',
    '"level": "info",',
  ],
  traits: ['members'],
}

export const TOML: Dialect = {
  ...PLAIN,
  id: 'toml',
  paths: ['config/%t.toml', '%w.toml', 'conf/%t/%w.toml'],
  opening: ['[%t]'],
  comment: '# %c',
  styles: ['snake', 'kebab', 'camel'],
  quotes: ['"', '"', "'"],
  sites: ['%n = %v', '%n = %v', '"%n" = %v', '%w = { user = "%u", %n = %v }', '# %n = %v'],
  hiddenSites: ['%t.%n = %v'],
  entries: ['"%k" = %v'],
  expressions: ['""', '"${%E}"', '"$%E"', '"env:%E"', 'false'],
  mentions: [
    '%n_env = "%E"', 'rotate_%n = true', '# %n is read from the keyring', '[%t.%n]', 'features = ["%w-%n"]',
    '%n-file = "/run/secrets/%t"',
  ],
  filler: ['port = %d', 'host = "%h.%D"', '[%t.%w]', '', '# %c', 'enabled = true', 'timeout = "%ds"'],
  block: { opening: "%n = '''", indent: '', closing: "'''" },
}

export const INI: Dialect = {
  ...PLAIN,
  id: 'ini',
  paths: ['conf/%t.ini', 'etc/%t.cfg', '%w.conf', 'php/%t.ini', '.%w/credentials'],
  opening: ['[%t]'],
  comment: '; %c',
  styles: ['snake', 'flat', 'dot', 'camel'],
  quotes: [''],
  bare: /^[^\n]*$/,
  escape: 'none',
  sites: ['%n = %v', '%n=%v', '%n: %v', '%n = "%r"', ';%n = %v'],
  hiddenSites: ['%n    %v'],
  expressions: ['', '${%E}', '%(%n)s', 'None', '$__file{/run/secrets/%t}'],
  mentions: [
    '; %n is kept in the keyring', '%n_file = /etc/%t/%w', 'ask_%n = yes', '[%t:%n]', '%n_encoding = utf-8',
    'allow_empty_%n = off',
  ],
  filler: ['port = %d', 'host = %h.%D', '[%t:%w]', '', '; %c', 'enabled = yes', 'user = %u'],
}

export const PROPERTIES: Dialect = {
  ...INI,
  id: 'properties',
  paths: [
    'src/main/resources/application-%w.properties', 'conf/%t.properties', 'gradle.properties',
    'sonar-project.properties',
  ],
  opening: ['# %c', ''],
  comment: '# %c',
  styles: ['dot', 'dot', 'camel', 'kebab'],
  sites: ['%n=%v', '%t.%n=%v', 'spring.%w.%n=%v', '%n = %v', '#%n=%v'],
  hiddenSites: ['%t.%w.%n: %v'],
  expressions: ['', '${%E}', '${%E:}', '@%n@', '#{null}'],
  mentions: [
    '%t.%n.enabled=true', '%n.label=Enter your password', '%t.%n.expiry=30', '# %n: ask the platform team',
    '%t.%n-source=vault', 'error.%n.missing=A value is required',
  ],
  filler: ['server.port=%d', '%t.host=%h.%D', '# %c', '', 'logging.level.root=INFO', '%t.%w=true'],
}

export const TERRAFORM: Dialect = {
  ...PLAIN,
  id: 'terraform',
  paths: ['infra/%t/main.tf', 'terraform/%t.tf', 'modules/%w/variables.tf'],
  opening: ['resource "%w_instance" "%t" {'],
  closing: ['}'],
  indents: ['  '],
  comment: '# %c',
  styles: ['snake'],
  quotes: ['"'],
  sites: ['%n = %v', '%n      = %v', 'default = %v # %n', '"%n" = %v', '%E = %v', 'variable "%n" { default = %v }'],
  hiddenSites: ['set_sensitive {\n  name  = "%t.%n"\n  value = %v\n}'],
  entries: ['"%k" = %v'],
  expressions: [
    'var.%n', 'data.vault_generic_secret.%t.data["%n"]', 'random_password.%w.result', 'local.%n', '""',
    '"${var.%t}-${var.%w}"', 'aws_secretsmanager_secret.%t.id', 'null', 'file("%w.pem")', 'module.%t.%n',
  ],
  mentions: [
    'variable "%n" {', 'sensitive = true # %n', 'description = "The %n of the %t"', 'output "%n_arn" {',
    'type = string # %n', 'key_name = "%t"', 'resource "random_password" "%w" {', 'manage_master_user_password = true',
  ],
  filler: [
    'instance_type = "t3.micro"', 'count = %d', '# %c', 'tags = { Name = "%t" }', 'region = "eu-west-1"',
    'subnet_id = var.%w',
  ],
  block: { opening: '%n = <<EOT', indent: '', closing: 'EOT' },
}

export const TFVARS: Dialect = {
  ...TERRAFORM,
  id: 'tfvars',
  paths: ['%t.tfvars', 'env/%w.auto.tfvars'],
  opening: [],
  closing: [],
  indents: [''],
  sites: ['%n = %v', '%n      = %v', '"%n" = %v', '%t = { user = "%u", %n = %v }'],
  hiddenSites: ['%n=%v'],
}
