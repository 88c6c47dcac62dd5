import type { Split } from '../case.ts'

/** Names that say a value is secret, as word lists to be spelled in any style. The common ones are written by everybody. */
export const PASSWORD_NAMES: Split = {
  both: ['password', 'password', 'password', 'passwd', 'pwd', 'pass'],
  open: [
    'user password',
    'pass phrase',
    'login password',
    'root password',
    'bind password',
    'keystore password',
    'new password',
  ],
  hidden: [
    'passphrase',
    'admin pass',
    'master password',
    'ldap pwd',
    'truststore password',
    'initial password',
    'pw',
    'user pwd',
  ],
}

export const TOKEN_NAMES: Split = {
  both: ['token', 'access token', 'auth token'],
  open: [
    'bot token',
    'refresh token',
    'deploy token',
    'session token',
    'personal access token',
    'csrf token',
    'upload token',
  ],
  hidden: ['bearer token', 'api token', 'id token', 'registry token', 'webhook token', 'device token', 'oauth token'],
}

export const KEY_NAMES: Split = {
  both: ['api key', 'secret key', 'apikey'],
  open: [
    'access key',
    'encryption key',
    'license key',
    'app key',
    'service key',
    'hmac key',
    'account key',
    'subscription key',
  ],
  hidden: [
    'signing key',
    'auth key',
    'shared key',
    'consumer key',
    'storage key',
    'cipher key',
    'jwt key',
    'master key',
    'private key',
  ],
}

export const SECRET_NAMES: Split = {
  both: ['secret', 'client secret'],
  open: ['app secret', 'jwt secret', 'webhook secret', 'cookie secret', 'shared secret', 'secret key base'],
  hidden: [
    'session secret',
    'consumer secret',
    'signing secret',
    'secret access key',
    'api secret',
    'token secret',
    'credentials',
  ],
}

export const SALT_NAMES: Split = {
  both: ['salt'],
  open: ['password salt', 'hash salt', 'nonce', 'session salt', 'pepper'],
  hidden: ['secure auth salt', 'encryption salt', 'logged in salt', 'crypto nonce', 'hash seed'],
}

export const SEED_NAMES: Split = {
  both: ['mnemonic'],
  open: ['seed phrase', 'wallet mnemonic'],
  hidden: ['recovery phrase', 'wallet seed'],
}

export const NAME_PREFIXES: Split = {
  both: ['db', 'smtp', 'admin'],
  open: [
    'mysql',
    'ftp',
    'mail',
    'redis',
    'ldap',
    'app',
    'service',
    'my',
    'default',
    'prod',
    'slack',
    'twilio',
    'algolia',
    'kafka',
    'vault',
    'proxy',
  ],
  hidden: [
    'postgres',
    'sftp',
    'rabbitmq',
    'mongo',
    'oracle',
    'site',
    'remote',
    'the',
    'local',
    'staging',
    'pagerduty',
    'mailgun',
    'datadog',
    'elastic',
    'jira',
    'vpn',
  ],
}

export const NAME_SUFFIXES: Split = {
  both: ['prod', 'dev'],
  open: ['staging', 'v2', 'eu', 'backup', 'live', '1'],
  hidden: ['test', 'old', 'us', 'primary', 'internal', '2'],
}

/** Names that hold a secret word and are innocent, with what is usually written there. */
export const INNOCENT: Split<readonly [name: string, value: string]> = {
  both: [
    ['token type', 'bearer'],
    ['primary key', 'id'],
    ['password min length', '8'],
    ['key size', '2048'],
  ],
  open: [
    ['token url', 'https://login.%D/oauth2/v2.0/token'],
    ['password field', 'user_password'],
    ['sort key', 'created_at'],
    ['cache key', '%t:list:%d'],
    ['secret name', '%t-credentials'],
    ['password policy', 'length(12) and notUsername'],
    ['key algorithm', 'RSA-OAEP-256'],
    ['token expiry', '15m'],
    ['hotkey', 'ctrl+shift+p'],
    ['password file', '/run/secrets/%t_password'],
    ['tokenizer', 'standard_lowercase'],
    ['keyboard layout', 'us-intl-altgr'],
    ['auth method', 'client_secret_basic'],
    ['token storage', 'localStorage'],
    ['ssl key path', '/etc/ssl/private/%t.pem'],
    ['password encoder', 'com.%t.security.BCryptPasswordEncoder'],
    ['secret store', 'aws-secretsmanager'],
    ['partition key', '/tenantId'],
    ['passenger type', 'infant-with-seat'],
    ['key prefix', '%t_v2_'],
    ['token header', 'X-Auth-Token'],
    ['password reset path', '/account/password/reset'],
  ],
  hidden: [
    ['token endpoint', 'https://id.%D/connect/token'],
    ['password input', '#login-password'],
    ['foreign key', '%t_id'],
    ['routing key', '%t.created.%d'],
    ['secret ref', 'projects/%t/secrets/db-main'],
    ['password rules', 'required|min:10|confirmed'],
    ['key usage', 'digitalSignature,keyEncipherment'],
    ['token lifetime', 'PT30M'],
    ['shortcut key', 'alt+f4'],
    ['password path', 'secret/data/%t/db'],
    ['token filter', 'edge_ngram_3_12'],
    ['keyspace', '%t_by_customer'],
    ['auth type', 'private_key_jwt'],
    ['token cache', 'memory://%t'],
    ['private key file', '~/.ssh/%t_ed25519'],
    ['password hasher', 'django.contrib.auth.hashers.Argon2PasswordHasher'],
    ['secret provider', 'hashicorp-vault-csi'],
    ['range key', 'order#timestamp'],
    ['compass heading', 'north-north-west'],
    ['key pattern', '%t:{id}:lock'],
    ['csrf token name', 'authenticity_token'],
    ['password help', '/help/forgotten-password.html'],
  ],
}

/** Names under which long random-looking values are harmless. */
export const IDENTITY_NAMES: Split = {
  both: ['id', 'user id', 'request id'],
  open: ['trace id', 'tenant id', 'order id', 'session number', 'correlation id', 'client id', 'object id', 'parent'],
  hidden: ['span id', 'account id', 'invoice id', 'batch', 'transaction id', 'application id', 'document id', 'owner'],
}

export const DIGEST_NAMES: Split = {
  both: ['checksum', 'commit', 'sha256'],
  open: ['revision', 'etag', 'integrity', 'digest', 'content hash', 'build sha'],
  hidden: ['git ref', 'md5sum', 'fingerprint', 'file hash', 'source commit', 'image digest'],
}

export const DATA_NAMES: Split = {
  open: ['icon', 'payload', 'avatar', 'pixel', 'encoded body', 'font data'],
  hidden: ['logo', 'content', 'thumbnail', 'sprite', 'raw data', 'image src'],
}

export const ADDRESS_NAMES: Split = {
  both: ['url', 'database url', 'endpoint'],
  open: ['base url', 'broker url', 'mongo uri', 'proxy', 'connection string', 'dsn', 'remote'],
  hidden: ['api base', 'redis url', 'amqp uri', 'jdbc url', 'conn', 'data source', 'registry', 'upstream'],
}

/** A name that says nothing: a scanner has only the value to go by. */
export const NEUTRAL_NAMES: Split = {
  both: ['value', 'data'],
  open: ['x', 'client', 'config', 'param', 'input', 'arg'],
  hidden: ['v', 'options', 'setting', 'text', 'item', 'tmp'],
}
