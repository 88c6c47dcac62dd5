import { discord } from './business/discord.ts'
import { sendgrid } from './business/sendgrid.ts'
import { slack } from './business/slack.ts'
import { stripe } from './business/stripe.ts'
import { telegram } from './business/telegram.ts'
import { twilio } from './business/twilio.ts'
import { anthropic } from './development/anthropic.ts'
import { github } from './development/github.ts'
import { gitlab } from './development/gitlab.ts'
import { huggingFace } from './development/hugging-face.ts'
import { npm } from './development/npm.ts'
import { openai } from './development/openai.ts'
import { aws } from './infrastructure/aws.ts'
import { cloudflare } from './infrastructure/cloudflare.ts'
import { digitalocean } from './infrastructure/digitalocean.ts'
import { google } from './infrastructure/google.ts'
import { vault } from './infrastructure/vault.ts'
import type { Probe } from './probe.ts'

/** Every issuer that can be asked. docs/verification.md has a row for each, with what is sent. */
export const ALL_PROBES: readonly Probe[] = [
  github,
  gitlab,
  npm,
  openai,
  anthropic,
  huggingFace,
  aws,
  cloudflare,
  digitalocean,
  google,
  vault,
  slack,
  stripe,
  sendgrid,
  telegram,
  discord,
  twilio,
]
