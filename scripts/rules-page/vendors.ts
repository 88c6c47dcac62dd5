import type { TokenRule } from '../../src/core/scan/tokens/token-rule.ts'
import { chat } from '../../src/core/scan/tokens/vendors/business/chat.ts'
import { commerce } from '../../src/core/scan/tokens/vendors/business/commerce.ts'
import { content } from '../../src/core/scan/tokens/vendors/business/content.ts'
import { cryptoWallets } from '../../src/core/scan/tokens/vendors/business/crypto-wallets.ts'
import { mail } from '../../src/core/scan/tokens/vendors/business/mail.ts'
import { payments } from '../../src/core/scan/tokens/vendors/business/payments.ts'
import { social } from '../../src/core/scan/tokens/vendors/business/social.ts'
import { work } from '../../src/core/scan/tokens/vendors/business/work.ts'
import { ai } from '../../src/core/scan/tokens/vendors/development/ai.ts'
import { ci } from '../../src/core/scan/tokens/vendors/development/ci.ts'
import { codeQuality } from '../../src/core/scan/tokens/vendors/development/code-quality.ts'
import { packages } from '../../src/core/scan/tokens/vendors/development/packages.ts'
import { sourceHosting } from '../../src/core/scan/tokens/vendors/development/source-hosting.ts'
import { azure } from '../../src/core/scan/tokens/vendors/infrastructure/azure.ts'
import { cloud } from '../../src/core/scan/tokens/vendors/infrastructure/cloud.ts'
import { databases } from '../../src/core/scan/tokens/vendors/infrastructure/databases.ts'
import { hosting } from '../../src/core/scan/tokens/vendors/infrastructure/hosting.ts'
import { identity } from '../../src/core/scan/tokens/vendors/infrastructure/identity.ts'
import { monitoring } from '../../src/core/scan/tokens/vendors/infrastructure/monitoring.ts'
import { secretsManagers } from '../../src/core/scan/tokens/vendors/infrastructure/secrets-managers.ts'

/** A vendor file of the scanner as a chapter of the page, in the order of token-rules.ts. */
export interface VendorChapter {
  readonly title: string
  readonly about: string
  readonly rules: readonly TokenRule[]
}

export const VENDORS: readonly VendorChapter[] = [
  {
    title: 'Source code hosting',
    about: 'GitHub, GitLab, Bitbucket, Azure DevOps and others that hold source code.',
    rules: sourceHosting,
  },
  {
    title: 'Packages and images',
    about: "Registries of packages and images: who holds one of these publishes in the owner's name.",
    rules: packages,
  },
  {
    title: 'Integration and deployment',
    about: 'Continuous integration, deployment, and infrastructure as code.',
    rules: ci,
  },
  {
    title: 'Code quality',
    about: 'Analysis of code, of dependencies and of coverage.',
    rules: codeQuality,
  },
  {
    title: 'Language models',
    about: 'Language models, the tools around them, and the machines they run on.',
    rules: ai,
  },
  {
    title: 'Clouds',
    about: 'The large clouds but Azure, which has a file of its own.',
    rules: cloud,
  },
  {
    title: 'Microsoft Azure',
    about: 'Microsoft Azure. Newer keys carry four letters of their service at a fixed place.',
    rules: azure,
  },
  {
    title: 'Hosting and networks',
    about: 'Where applications, sites and their networks run.',
    rules: hosting,
  },
  {
    title: 'Databases and search',
    about: 'Databases, search, streams and warehouses as a service.',
    rules: databases,
  },
  {
    title: 'Monitoring and analytics',
    about: 'Logs, metrics, traces, alerts, analytics and feature flags.',
    rules: monitoring,
  },
  {
    title: 'Secrets managers',
    about: 'What opens other secrets: each of these is worth everything behind it.',
    rules: secretsManagers,
  },
  {
    title: 'Identity',
    about: 'Who somebody is: sign-in services, proofs of identity, and the tokens that carry claims.',
    rules: identity,
  },
  {
    title: 'Chat',
    about: 'Chat, and the hooks by which a machine writes into a channel.',
    rules: chat,
  },
  {
    title: 'Mail',
    about: "Services that send mail: who holds one of these writes in the owner's name.",
    rules: mail,
  },
  {
    title: 'Payments',
    about: 'Payments and banking. Keys of a test mode move no money and are of medium severity.',
    rules: payments,
  },
  {
    title: 'Commerce',
    about: 'Shops, shipping and customers.',
    rules: commerce,
  },
  {
    title: 'Social networks, music, games',
    about: 'Social networks, music, games.',
    rules: social,
  },
  {
    title: 'Planning, writing, design',
    about: 'Tools for planning, writing and designing together.',
    rules: work,
  },
  {
    title: 'Files, texts, data',
    about: 'Files, texts and their translation, and data by subscription.',
    rules: content,
  },
  {
    title: 'Wallets',
    about: "Keys of wallets and of the nodes of their networks. What a wallet's key signs cannot be taken back.",
    rules: cryptoWallets,
  },
]
