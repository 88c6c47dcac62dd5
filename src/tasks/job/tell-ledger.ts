import { SealwardError } from '../../core/errors.ts'
import { isEntry } from '../../core/ledger/entry.ts'
import { LEDGER_FILE, printLedger, readLedger } from '../../core/ledger/ledger-file.ts'
import { type LedgerNews, printLedgerWebhook } from '../../core/notify/ledger-webhook.ts'
import { webhookHeaders } from '../../core/notify/signature.ts'
import { keyOf, type PostWorld, postTo } from '../steps/github/post-to.ts'
import { continueLedger } from '../steps/ledger/append.ts'
import { policyMentioning } from '../steps/policy-for.ts'
import type { Actors, LedgerBranch, LedgerWay } from '../world/ledger.ts'
import type { Clock, Configs } from '../world.ts'

export interface TellLedgerRequest {
  readonly way: LedgerWay
  readonly event: LedgerNews['event']
  /** The same when the same is sent again. */
  readonly id: string
}

export interface TellLedgerWorld extends PostWorld {
  readonly configs: Configs
  readonly clock: Clock
  readonly actors: Actors
  /** Nothing is asked of GitHub before the first call. */
  branch(): LedgerBranch
}

/** What became of it: a word for the log, or why it is in no ledger. */
export type Told =
  | { readonly kind: 'told'; readonly where: string }
  | { readonly kind: 'not-told'; readonly why: string }

const TRIES = 4

/**
 * Hands what a job did on to where the ledger is kept: to the webhook of sealward.yml, or by a pull request. Never throws: what a job
 * decrypted it needs, and that nobody took note of it is told.
 */
export async function tellLedger(request: TellLedgerRequest, world: TellLedgerWorld): Promise<Told> {
  const news = { event: request.event, by: await world.actors.current(), at: world.clock.now() }
  try {
    return request.way === 'webhook' ? await post(news, request.id, world) : await propose(news, world.branch())
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return { kind: 'not-told', why: error.message }
  }
}

async function post(news: LedgerNews, id: string, world: TellLedgerWorld): Promise<Told> {
  const webhook = (await policyMentioning('webhook', LEDGER_FILE, world.configs))?.policy.ledger.webhook ?? null
  if (webhook === null) return { kind: 'not-told', why: 'sealward.yml says nothing under ledger.webhook' }
  const body = printLedgerWebhook(news)
  const print = () => ({ headers: webhookHeaders({ id, at: news.at, body }, keyOf(webhook.key, world)), body })
  const problem = await postTo(webhook.url, print, world)
  return problem === null
    ? { kind: 'told', where: `the receiver of ${webhook.url}` }
    : { kind: 'not-told', why: `${webhook.url}: ${problem}` }
}

/** The branch is read anew where another run was quicker: entries name those before them. */
async function propose({ event, by, at }: LedgerNews, branch: LedgerBranch): Promise<Told> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await branch.read()
    const lines = found.ledgers.flatMap(readLedger)
    if (lines.some(({ read }) => !isEntry(read)))
      return { kind: 'not-told', why: 'the ledger has a line that is no entry: sealward audit verify says more' }
    const { lines: after } = continueLedger(lines, [event], { time: at, by })
    const address = await branch.write(printLedger(after), found)
    if (address !== null) return { kind: 'told', where: address }
  }
  return { kind: 'not-told', why: 'other runs wrote to the branch of the ledger all the while' }
}
