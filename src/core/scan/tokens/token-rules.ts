import type { TokenRule } from './token-rule.ts'
import { chat } from './vendors/business/chat.ts'
import { commerce } from './vendors/business/commerce.ts'
import { content } from './vendors/business/content.ts'
import { cryptoWallets } from './vendors/business/crypto-wallets.ts'
import { mail } from './vendors/business/mail.ts'
import { payments } from './vendors/business/payments.ts'
import { social } from './vendors/business/social.ts'
import { work } from './vendors/business/work.ts'
import { ai } from './vendors/development/ai.ts'
import { ci } from './vendors/development/ci.ts'
import { codeQuality } from './vendors/development/code-quality.ts'
import { packages } from './vendors/development/packages.ts'
import { sourceHosting } from './vendors/development/source-hosting.ts'
import { azure } from './vendors/infrastructure/azure.ts'
import { cloud } from './vendors/infrastructure/cloud.ts'
import { databases } from './vendors/infrastructure/databases.ts'
import { hosting } from './vendors/infrastructure/hosting.ts'
import { identity } from './vendors/infrastructure/identity.ts'
import { monitoring } from './vendors/infrastructure/monitoring.ts'
import { secretsManagers } from './vendors/infrastructure/secrets-managers.ts'

/** Every kind of credential that is known by its shape. A vendor is one row in the file of its field. */
export const TOKEN_RULES: readonly TokenRule[] = [
  ...sourceHosting,
  ...packages,
  ...ci,
  ...codeQuality,
  ...ai,
  ...cloud,
  ...azure,
  ...hosting,
  ...databases,
  ...monitoring,
  ...secretsManagers,
  ...identity,
  ...chat,
  ...mail,
  ...payments,
  ...commerce,
  ...social,
  ...work,
  ...content,
  ...cryptoWallets,
]
