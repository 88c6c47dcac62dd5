import { Buffer } from 'node:buffer'
import { ScanText } from '../../scan/engine/scan-text.ts'
import { matchWithin } from '../../scan/engine/tokens/match-token.ts'
import { markOf, type TokenMark } from '../../scan/tokens/token-mark.ts'
import type { TokenRule } from '../../scan/tokens/token-rule.ts'
import { chat } from '../../scan/tokens/vendors/business/chat.ts'
import { commerce } from '../../scan/tokens/vendors/business/commerce.ts'
import { content } from '../../scan/tokens/vendors/business/content.ts'
import { sourceHosting } from '../../scan/tokens/vendors/development/source-hosting.ts'
import { cloud } from '../../scan/tokens/vendors/infrastructure/cloud.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'

/** A kind that is dead before anyone reads the file it is in. */
interface ShortLived {
  readonly what: string
  /** How long at most, or as its issuer has it by default. */
  readonly lives: string
  readonly mark: TokenMark
}

/** By the ids of the rules in core/scan/tokens, which know the shapes. */
const LIVES: Readonly<Record<string, string>> = {
  'github-app-installation': 'an hour',
  'github-app-installation-jwt': 'an hour',
  'github-app-user': '8 hours',
  'gitlab-ci-job': 'as long as its job',
  'gitlab-session': 'as long as its session',
  'aws-session-token': '36 hours',
  'aws-bedrock-short-key': '12 hours',
  'google-oauth-access-token': 'an hour',
  'yandex-iam-token': '12 hours',
  'openshift-token': '24 hours',
  'slack-config-token': '12 hours',
  'slack-workflow-token': 'as long as its workflow run',
  'salesforce-session': 'as long as its session',
  'dropbox-token': '4 hours',
}
const RULES: readonly TokenRule[] = [...sourceHosting, ...cloud, ...chat, ...commerce, ...content]
const KINDS: readonly ShortLived[] = [
  // The rule is about permanent ones too.
  ...RULES.filter(({ id }) => id === 'aws-access-key-id').map((rule) => ({
    ...{ what: 'a temporary AWS access key id', lives: '36 hours', mark: { ...markOf(rule), literals: ['ASIA'] } },
  })),
  ...RULES.filter(({ id }) => Object.hasOwn(LIVES, id)).map((rule) => ({
    ...{ what: rule.what, lives: LIVES[rule.id]!, mark: markOf(rule) },
  })),
]

/** Variables that a job or a session is given, whatever the value looks like. */
const NAMES: Readonly<Record<string, Omit<ShortLived, 'mark'>>> = {
  AWS_SESSION_TOKEN: { what: 'an AWS session token', lives: '36 hours' },
  AWS_SECURITY_TOKEN: { what: 'an AWS session token', lives: '36 hours' },
  ACTIONS_RUNTIME_TOKEN: { what: 'a token of a GitHub Actions job', lives: 'as long as its job' },
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: { what: 'a token of a GitHub Actions job', lives: 'as long as its job' },
  CI_JOB_TOKEN: { what: 'a GitLab CI job token', lives: 'as long as its job' },
  SYSTEM_ACCESSTOKEN: { what: 'a token of an Azure Pipelines job', lives: 'as long as its job' },
}
/** One is enough to be told; the rest of a hostile value is not searched for ever. */
const MOST_TRIES = 1000

/** Kinds that live for hours, and do not say until when. Each is named once, however often it is there. */
export function shortLived({ name, text }: Piece): readonly Expiry[] {
  const named = Object.hasOwn(NAMES, name) && text !== '' ? [NAMES[name]!] : []
  // A byte for each character, so that places fit both.
  const scanned = new ScanText(Buffer.from(text, 'latin1'))
  return [...named, ...KINDS.filter(({ mark }) => holds(text, scanned, mark))].map(({ what, lives }) => ({
    ...{ kind: 'short-lived', what, notBefore: null, notAfter: null, lives },
    advice: 'Take it out of the file, and let the program get its own where it runs.',
  }))
}

/** A literal stands at most `lead` characters behind the start of its token. */
function holds(text: string, scanned: ScanText, mark: TokenMark): boolean {
  return mark.literals.some((literal) => {
    let at = text.indexOf(literal)
    for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries += 1, at = text.indexOf(literal, at + 1)) {
      if (matchWithin(scanned, { from: at - (mark.lead ?? 0), to: at }, mark) !== null) return true
    }
    return false
  })
}
