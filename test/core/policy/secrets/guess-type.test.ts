import { describe, expect, it } from 'vitest'
import { guessType } from '../../../../src/core/policy/secrets/guess-type.ts'

/** Names as they stand in public examples of configuration, by what they are. */
const NAMES: Readonly<Record<string, string>> = {
  database:
    'DATABASE_URL DB_PASSWORD PGPASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD REDIS_URL MONGO_URI mongodbUri DB_SECRET SQLSERVER_CONNECTION_STRING_DSN',
  'api-key':
    'STRIPE_SECRET_KEY AWS_SECRET_ACCESS_KEY GITHUB_TOKEN OPENAI_API_KEY apiKey TWILIO_AUTH_TOKEN OAUTH_CLIENT_SECRET NPM_TOKEN JWT_TOKEN',
  'webhook-secret': 'GITHUB_WEBHOOK_SECRET SLACK_WEBHOOK_URL STRIPE_WEBHOOK_SIGNING_SECRET',
  'signing-key':
    'JWT_SECRET SESSION_SECRET SECRET_KEY SECRET_KEY_BASE APP_KEY ENCRYPTION_KEY NEXTAUTH_SECRET PASSWORD_SALT PRIVATE_KEY',
  'service-password': 'SMTP_PASSWORD ADMIN_PASSWORD PASSWORD AMQP_URL KEYSTORE_PASSWORD CERT_PASSWORD',
  'master-key': 'SECRETS_MASTER_KEY MASTER_KEY SEALWARD_KEY SOPS_AGE_KEY',
  certificate: 'TLS_CERT SSL_CERTIFICATE TLS_KEY SSL_PRIVATE_KEY CLIENT_PEM',
  secret: 'SECRET SHOP_SECRET WALLET_MNEMONIC',
  setting:
    'NODE_ENV LOG_LEVEL PORT DB_HOST POSTGRES_USER AWS_ACCESS_KEY_ID STRIPE_PUBLISHABLE_KEY PUBLIC_KEY WEBHOOK_PORT SESSION_TIMEOUT APP_NAME SENTRY_DSN TLS_VERSION',
}

describe('the type that is guessed from a name', () => {
  it.each(Object.entries(NAMES).flatMap(([type, names]) => names.split(' ').map((name) => [name, type])))(
    'is for %s %s',
    (name, type) => {
      expect(guessType(name)).toBe(type)
    },
  )

  it.each(['USER_PASSWORD', 'LOGIN_PASSWORD', 'ALICE_PASSWORD'])('is never that a person types it: %s', (name) => {
    expect(guessType(name)).toBe('service-password')
  })
})
