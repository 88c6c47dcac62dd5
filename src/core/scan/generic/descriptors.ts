import type { Severity } from '../tokens/token-rule.ts'

/** One kind of secret that is known by its name and its place, for the documentation and the configuration. */
export interface GenericRule {
  /** Stable across releases. */
  readonly id: string
  /** With its article. */
  readonly what: string
  readonly severity: Severity
  /** What to do, in one sentence. */
  readonly advice: string
  /** Templates, as in TokenRule, of texts with exactly one such secret, in a file of any name. */
  readonly hits: readonly string[]
  /** Templates of texts in which nothing is found. */
  readonly misses: readonly string[]
}

const MOVE = 'Change it where it is used, and read it from the environment or from an encrypted file.'

/** Every rule that `findGeneric` can name. */
export const GENERIC_RULES: readonly GenericRule[] = [
  {
    id: 'generic-password',
    what: 'a password in an assignment, a call or a configuration',
    severity: 'high',
    advice: MOVE,
    hits: ['password = "{b62:6}!{b62:4}{d:2}"', '"dbPassword": "{a:5}{d:3}"'],
    misses: ['password = "changeme"', 'password = "$' + '{DB_PASSWORD}"', 'passwordField = "password2_field"'],
  },
  {
    id: 'generic-secret',
    what: 'a value named as a secret',
    severity: 'high',
    advice: MOVE,
    hits: ['client_secret = "{b62:16}{d:2}{b62:14}"'],
    misses: ['client_secret = "your-client-secret"', 'secret_name = "{b62:16}{d:2}{b62:14}"'],
  },
  {
    id: 'generic-api-key',
    what: 'a key of an interface, of encryption or of signing',
    severity: 'high',
    advice: 'Revoke it where it was issued, and read the new one from the environment or from an encrypted file.',
    hits: ['api_key = "{b62:16}{d:2}{b62:14}"'],
    misses: ['cache_key = "{b62:16}{d:2}{b62:14}"', 'public_key = "{b62:16}{d:2}{b62:14}"'],
  },
  {
    id: 'generic-token',
    what: 'a token that gives access',
    severity: 'high',
    advice: 'Revoke it where it was issued, and read the new one from the environment or from an encrypted file.',
    hits: ['access_token = "{b62:16}{d:2}{b62:14}"'],
    misses: ['page_token = "{b62:16}{d:2}{b62:14}"', 'token_type = "bearer"'],
  },
  {
    id: 'generic-credential',
    what: 'a random value named as credentials',
    severity: 'medium',
    advice: MOVE,
    hits: ['"credentials": "{b62:16}{d:2}{b62:14}"'],
    misses: ['"credentials": "include"', '"auth": "basic"'],
  },
  {
    id: 'generic-salt',
    what: 'a salt, a nonce or a seed that is fixed in the text',
    severity: 'low',
    advice: 'Draw it anew each time; where it has to be fixed, keep it with the other secrets.',
    hits: ['password_salt = "{hex:6}{d:2}{hex:24}"'],
    misses: ['salt = "salt"', 'seed = 42'],
  },
  {
    id: 'url-credentials',
    what: 'an address with a password in it',
    severity: 'high',
    advice: 'Change the password, and let the program put the address together from its parts.',
    hits: ['"https://svc:{b62:10}{d:2}@ci.corp.io/job"'],
    misses: ['"https://user:password@host/job"', '"https://$' + '{USER}:$' + '{PASS}@ci.corp.io"'],
  },
  {
    id: 'database-url',
    what: 'the address of a database with a password in it',
    severity: 'high',
    advice: 'Change the password in the database, and read the address from the environment or from an encrypted file.',
    hits: ['"postgres://svc:{b62:10}{d:2}@db1.corp.io/app"'],
    misses: ['"postgres://user:pass@localhost/app"', '"mongodb://localhost:27017/app"'],
  },
  {
    id: 'basic-auth',
    what: 'a header with a user and a password in Base64',
    severity: 'high',
    advice: 'Change the password: Base64 hides nothing.',

    hits: ['"Authorization: Basic c3ZjOmFiNDV{b62:1}NDV{b62:1}NDV{b62:1}"'],
    misses: ['"Authorization: Basic dXNlcjpwYXNzd29yZA=="', '"Basic authentication"'],
  },
  {
    id: 'bearer-token',
    what: 'a token in a header',
    severity: 'high',
    advice: 'Revoke it where it was issued.',
    hits: ['"Authorization: Bearer {b62:16}{d:2}{b62:14}"'],
    misses: ['"Authorization: Bearer $' + '{TOKEN}"', '"Authorization: Bearer your-access-token-1"'],
  },
  {
    id: 'command-line-password',
    what: 'a password on a command line',
    severity: 'high',
    advice: 'Change it, and pass it through the environment, a file or standard input.',
    hits: ['curl -u svc:{a:5}{d:3} https://ci.corp.io'],
    misses: ['curl -u user:password https://ci.corp.io', 'curl -u "$USER:$PASS" https://ci.corp.io'],
  },
  {
    id: 'credential-file',
    what: 'a line of a .netrc, .pgpass or .htpasswd file',
    severity: 'high',
    advice: 'Change the password, and keep such files out of the repository.',
    hits: ['db1.corp.io:5432:app:svc:{a:5}{d:3}', 'svc:$apr1$' + '{b62:8}$' + '{b62:22}'],
    misses: ['localhost:5432:app', 'root:*:0:0:root:/root:/bin/sh'],
  },
  {
    id: 'jwk-private',
    what: 'the private member of a JSON Web Key',
    severity: 'critical',
    advice: 'Replace the key pair everywhere its public half is trusted.',
    hits: ['{"kty":"EC","crv":"P-256","x":"{b64u:43}","y":"{b64u:43}","d":"{b64u:43}"}'],
    misses: ['{"kty":"EC","crv":"P-256","x":"{b64u:43}","y":"{b64u:43}"}'],
  },
  {
    id: 'kubernetes-secret',
    what: 'a value in the manifest of a Kubernetes Secret',
    severity: 'high',
    advice: 'Change the value, and commit the manifest encrypted: Base64 hides nothing.',
    hits: ['kind: Secret\ndata:\n  some.conf: {b64:24}\n'],
    misses: ['kind: Secret\ndata:\n  some.conf: ""\n', 'kind: ConfigMap\ndata:\n  some.conf: {b64:24}\n'],
  },
]
