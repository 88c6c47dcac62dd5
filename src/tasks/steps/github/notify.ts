import type { CheckNews } from '../../../core/notify/check-news.ts'
import { webhookHeaders } from '../../../core/notify/signature.ts'
import { printSlack } from '../../../core/notify/slack.ts'
import { printWebhook } from '../../../core/notify/webhook.ts'
import type { CheckPolicy } from '../../../core/policy/sections/check.ts'
import type { PostedMessage } from '../../world/notify.ts'
import { keyOf, type PostWorld, postTo } from './post-to.ts'

export interface NotifyRequest {
  readonly notify: CheckPolicy['notify']
  readonly news: CheckNews
  /** The same when the same news is sent again. */
  readonly id: string
}

export type NotifyWorld = PostWorld

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
