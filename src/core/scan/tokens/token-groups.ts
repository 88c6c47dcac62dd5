import type { TokenRule } from './token-rule.ts'

/**
 * The vendors' tables by field, each loaded by itself. Their order is that of the rules. What the search needs of them is copied to
 * token-marks.ts by scripts/token-marks.ts.
 */
export const TOKEN_GROUPS = {
  'source-hosting': async () => (await import('./vendors/development/source-hosting.ts')).sourceHosting,
  packages: async () => (await import('./vendors/development/packages.ts')).packages,
  ci: async () => (await import('./vendors/development/ci.ts')).ci,
  'code-quality': async () => (await import('./vendors/development/code-quality.ts')).codeQuality,
  ai: async () => (await import('./vendors/development/ai.ts')).ai,
  cloud: async () => (await import('./vendors/infrastructure/cloud.ts')).cloud,
  azure: async () => (await import('./vendors/infrastructure/azure.ts')).azure,
  hosting: async () => (await import('./vendors/infrastructure/hosting.ts')).hosting,
  databases: async () => (await import('./vendors/infrastructure/databases.ts')).databases,
  monitoring: async () => (await import('./vendors/infrastructure/monitoring.ts')).monitoring,
  'secrets-managers': async () => (await import('./vendors/infrastructure/secrets-managers.ts')).secretsManagers,
  identity: async () => (await import('./vendors/infrastructure/identity.ts')).identity,
  chat: async () => (await import('./vendors/business/chat.ts')).chat,
  mail: async () => (await import('./vendors/business/mail.ts')).mail,
  payments: async () => (await import('./vendors/business/payments.ts')).payments,
  commerce: async () => (await import('./vendors/business/commerce.ts')).commerce,
  social: async () => (await import('./vendors/business/social.ts')).social,
  work: async () => (await import('./vendors/business/work.ts')).work,
  content: async () => (await import('./vendors/business/content.ts')).content,
  'crypto-wallets': async () => (await import('./vendors/business/crypto-wallets.ts')).cryptoWallets,
} as const satisfies Readonly<Record<string, () => Promise<readonly TokenRule[]>>>

export type TokenGroupName = keyof typeof TOKEN_GROUPS
