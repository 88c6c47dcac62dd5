/** What a secret can be. The type decides how often it is to be changed where nothing else does. */
export const SECRET_TYPES = [
  'database',
  'api-key',
  'webhook-secret',
  'signing-key',
  'service-password',
  'human-password',
  'master-key',
  'certificate',
  'secret',
  'setting',
] as const
export type SecretType = (typeof SECRET_TYPES)[number]

/** What an environment is for, whatever it is called. */
export const ENVIRONMENT_KINDS = ['production', 'staging', 'development', 'testing'] as const
export type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number]
