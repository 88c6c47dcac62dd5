import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { digestOf } from '../../core/ledger/marks.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { RequestsPolicy } from '../../core/policy/sections/requests/requests.ts'
import { authenticate } from '../../core/request/authenticate.ts'
import { judgeRequest } from '../../core/request/judge.ts'
import { messageIn, type RequestMessage } from '../../core/request/message.ts'
import { judgeAddress, judgeSender, type Sender, senderIn } from '../../core/request/sender.ts'
import { isPaused, readState } from '../../core/request/state.ts'
import { type RequestRefusal, type RequestVerdict, UNSIGNED } from '../../core/request/verdict.ts'
import type { RunFacts } from '../../core/trust/facts.ts'
import { parseJson } from '../../core/trust/json.ts'
import { settlePolicy } from '../steps/check/sealed-files.ts'
import { type KeepWorld, keepRequest, rememberBad } from '../steps/request/keep-request.ts'
import { readSenderKeys, type SenderKeysWorld } from '../steps/request/sender-keys.ts'

/** An event that may carry a request. */
export interface RequestEvent {
  readonly facts: Pick<RunFacts, 'event' | 'ref' | 'repository'>
  /** The bytes at GITHUB_EVENT_PATH. */
  readonly payload: Uint8Array | null
  /** Judges, and remembers nothing. */
  readonly dryRun: boolean
}

/** All paths are from the top of the repository, as the commit of the run has them. */
export type AcceptWorld = SenderKeysWorld & KeepWorld

/**
 * Judges the request that an event carries. One that is accepted is so once, whoever else is at it on other machines: its id goes into what
 * all runs remember, with a push that only one of several can do, and into the ledger.
 *
 * What nobody signed changes nothing but that memory, and only where GitHub vouches for the account that sent it.
 *
 * @returns null where the event carries none
 * @throws SealwardError untrusted where sealward.yml lets nobody ask; policy-invalid without a ledger or without keys; what git throws. A
 *   request whose id was remembered and that could not be written down is used up: its sender signs another one
 */
export async function acceptRequest(event: RequestEvent, world: AcceptWorld): Promise<RequestVerdict | null> {
  const payload = parseJson(event.payload)
  const message = messageIn(event.facts.event, payload)
  if (message === null) return null
  const { policy } = await settlePolicy('x', world.configs)
  if (policy.requests === null) throw nobodyMayAsk(policy)
  const asked: Asked = { event, policy, rules: policy.requests, sender: senderIn(payload) }
  const kind = judgeSender(asked.sender, asked.rules.allow)
  if (kind !== null) return { kind }
  const verdict = await judgeMessage(message, asked, world)
  if (event.dryRun) return verdict
  const given = { source: asked.sender?.id ?? null, limits: asked.rules.limits }
  if (verdict.kind === 'ok') return keepRequest({ ...given, request: verdict.request }, world)
  if (UNSIGNED.includes(verdict.kind)) await rememberBad(given.source, world)
  return verdict
}

interface Asked {
  readonly event: RequestEvent
  readonly policy: Policy
  readonly rules: RequestsPolicy
  readonly sender: Sender | null
}

async function judgeMessage(
  message: RequestMessage | RequestRefusal,
  { event: { facts }, policy, rules, sender }: Asked,
  world: AcceptWorld,
): Promise<RequestVerdict> {
  const now = world.clock.now()
  const state = readState((await world.memory.read()).bytes)
  if (isPaused(state, sender?.id ?? null, now.getTime())) return { kind: 'backed-off' }
  if ('kind' in message) return message
  const keys = await readSenderKeys(rules.keys, world)
  const verdict = authenticate(message, { keys, sha1: rules.sha1, now })
  if (verdict.kind !== 'ok') return verdict
  const { request } = verdict
  if (!judgeAddress(request, rules.allow)) return { kind: 'address-not-allowed' }
  const path = policy.rotation.credentials.find(({ name }) => name === request.credential)?.path ?? null
  const bytes = path === null ? null : await world.files.read(path, FILE_BYTES)
  const version = bytes === null ? null : digestOf(bytes)
  return judgeRequest(request, { repository: facts.repository.id, ref: facts.ref, path, version })
}

function nobodyMayAsk({ file }: Policy): SealwardError {
  return new SealwardError('untrusted', 'this event asks for a rotation, and sealward.yml lets nobody outside ask', {
    file,
    hint: 'the section `requests` says who may: docs/requests.md',
  })
}
