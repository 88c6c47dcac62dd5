import { SealwardError } from '../../../core/errors.ts'
import type { CheckNews } from '../../../core/notify/check-news.ts'
import { webhookHeaders } from '../../../core/notify/signature.ts'
import { printSlack } from '../../../core/notify/slack.ts'
import { printWebhook } from '../../../core/notify/webhook.ts'
import type { CheckPolicy } from '../../../core/policy/sections/check.ts'
import type { PostedMessage, Webhooks } from '../../world/notify.ts'

export interface NotifyRequest {
  readonly notify: CheckPolicy['notify']
  readonly news: CheckNews
  /** The same when the same news is sent again. */
  readonly id: string
}

export interface NotifyWorld {
  readonly webhooks: Webhooks
  /** The environment, where addresses and keys are. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

export interface NotifyOutcome {
  /** The variables whose receivers took it. */
  readonly sent: readonly string[]
  /** What went wrong, by the name of the variable: addresses are secrets, and so are their hosts. */
  readonly problems: readonly string[]
}

/** Tells the receivers that sealward.yml names. One that fails is told of, and the others are told all the same. */
export async function notify({ notify, news, id }: NotifyRequest, world: NotifyWorld): Promise<NotifyOutcome> {
  const { webhook, slack } = notify
  const sent: string[] = []
  const problems: string[] = []
  const send = async (variable: string, print: () => PostedMessage) => {
    const problem = await postTo(variable, print, world)
    if (problem === null) sent.push(variable)
    else problems.push(`${variable}: ${problem}`)
  }
  if (webhook !== null)
    await send(webhook.url, () => {
      const body = printWebhook(news)
      return { headers: webhookHeaders({ id, at: news.report.at, body }, keyOf(webhook.key, world)), body }
    })
  if (slack !== null) await send(slack.url, () => ({ headers: {}, body: printSlack(news) }))
  return { sent, problems }
}

/** @returns what went wrong; null when the receiver took it */
async function postTo(variable: string, print: () => PostedMessage, world: NotifyWorld): Promise<string | null> {
  const address = world.variables[variable]?.trim() ?? ''
  if (address === '') return 'this variable is not set'
  try {
    const status = await world.webhooks.post(address, print())
    return status >= 200 && status < 300 ? null : `the receiver answered ${status}`
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return sayFailure(error)
  }
}

/** What is sent unsigned, where a signature is asked for, would be refused at best. */
function keyOf(variable: string | null, { variables }: NotifyWorld): string | null {
  if (variable === null) return null
  const key = variables[variable]?.trim() ?? ''
  if (key === '') throw new SealwardError('not-found', `there is no key in ${variable}`)
  return key
}

function sayFailure({ code, message }: SealwardError): string {
  if (code === 'io') return 'the receiver cannot be reached'
  if (code === 'limit') return 'the receiver answers with more than is read'
  return message
}
