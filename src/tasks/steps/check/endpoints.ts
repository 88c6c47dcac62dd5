import type { Container } from '../../../core/certificate/container/container.ts'
import { judgeServed, readServed, type ServedCertificate } from '../../../core/check/endpoints.ts'
import type { CheckNote, Judged } from '../../../core/check/judged.ts'
import { judged, type Subject } from '../../../core/check/subject.ts'
import { nullIfOurs } from '../../../core/errors.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { EndpointRule } from '../../../core/policy/sections/endpoints.ts'
import { placeOf } from '../../../core/policy/sections/place.ts'
import { amount } from '../../../core/report/amount.ts'
import type { EndpointAnswer, Endpoints, RevocationLists, SilentAnswer } from '../../world/endpoint.ts'
import type { Found, Looked } from './looked.ts'
import { holdersOf, type MaterialWorld, readHolder } from './material.ts'
import { withLists } from './served-lists.ts'

/** What is asked over the network. */
export interface Live {
  readonly endpoints: Endpoints
  /** Null: lists are not fetched, and whether a served certificate was revoked is not looked at. */
  readonly lists: RevocationLists | null
}

export interface EndpointsWorld extends MaterialWorld {
  /** Without it no server is asked, and a note says so. */
  readonly live?: Live
}

/** An entry of `endpoints`, and what it should serve. */
interface Asked {
  readonly rule: EndpointRule
  readonly subject: Subject
  readonly reasons: readonly string[]
  /** Null where nothing is asked, or what is asked for cannot be read. */
  readonly expected: readonly Container[] | null
}

/**
 * Asks the servers of sealward.yml for their certificates, and judges them by themselves and against what the repository has. A server that
 * shows none is told of in a note: by itself that says nothing about a certificate.
 *
 * Who asks about some of the files only means servers that should serve one of these.
 */
export async function judgeEndpoints(looked: Looked, world: EndpointsWorld): Promise<Found> {
  const notes: CheckNote[] = []
  const asked: Asked[] = []
  for (const policy of looked.policies)
    for (const [index, rule] of policy.endpoints.entries())
      asked.push(...(await askedOf(rule, { policy, index, looked, world, notes })))
  if (asked.length === 0) return { judged: [], notes }
  if (world.live === undefined) return { judged: [], notes: [offlineNote(asked.length)] }
  const answers = await world.live.endpoints.ask(asked.map(({ rule }) => rule))
  const told = asked.map((one, index) => tell(one, answers[index]!))
  const served = await withLists(
    told.flatMap((one) => one.served ?? []),
    world.live.lists,
  )
  return {
    judged: [...judgeServed(served.all, looked.now), ...told.flatMap((one) => one.judged ?? [])],
    notes: [...notes, ...told.flatMap((one) => one.note ?? []), ...served.notes],
  }
}

interface Asking {
  readonly policy: Policy
  readonly index: number
  readonly looked: Looked
  readonly world: EndpointsWorld
  readonly notes: CheckNote[]
}

/** @returns nothing for an entry that is not in question */
async function askedOf(rule: EndpointRule, { policy, index, looked, world, notes }: Asking): Promise<Asked[]> {
  const holders = rule.matches === null ? [] : holdersOf(rule.matches, policy, looked)
  if (looked.isPartial && holders.length === 0) return []
  const place = { file: policy.file, line: rule.line }
  const passwords = passwordsFor(rule, policy, looked)
  const [first] = holders
  const environment =
    first === undefined ? null : first.kind === 'file' ? first.environment : first.variable.file.environment
  const containers: Container[] = []
  for (const holder of holders) {
    const container = await readHolder(holder, passwords, world).catch(nullIfOurs)
    if (container?.groups.some(({ certificates }) => certificates.length > 0)) containers.push(container)
  }
  if (rule.matches !== null && containers.length === 0)
    notes.push({
      message: `endpoints[${index}].matches means no certificate that can be read, so whether it is in use is not judged`,
      place,
    })
  const name = rule.host.includes(':') ? `[${rule.host}]:${rule.port}` : `${rule.host}:${rule.port}`
  return [
    {
      rule,
      subject: { kind: 'endpoint', name, environment, place, owners: rule.owners },
      reasons: [`endpoints[${index}], ${placeOf(policy.file, rule.line)}`],
      expected: containers.length === 0 ? null : containers,
    },
  ]
}

/** The entry of `certificates` about the same file or variable knows the password. */
function passwordsFor({ matches }: EndpointRule, policy: Policy, looked: Looked): string[] {
  const names = policy.certificates.flatMap(({ at, password }) =>
    password !== null && at.path === matches?.path && at.secret === matches.secret ? [password] : [],
  )
  return names
    .flatMap((secret) => holdersOf({ path: null, secret }, policy, looked))
    .flatMap((holder) => (holder.kind === 'variable' && holder.variable.value !== null ? [holder.variable.value] : []))
}

interface Told {
  readonly served?: ServedCertificate
  readonly judged?: Judged
  readonly note?: CheckNote
}

function tell({ rule, subject, reasons, expected }: Asked, answer: EndpointAnswer): Told {
  if (answer.kind === 'served') {
    const shown = readServed(answer.chain)
    if (shown === null) return { note: noteOn(subject, 'shows a certificate that Node cannot read') }
    const { protocol, distrust } = answer
    return {
      served: { ...shown, subject, reasons, expected, protocol, distrust, servername: rule.servername, lists: [] },
    }
  }
  const verdict = VERDICTS[answer.kind]
  if (verdict === undefined) return { note: noteOn(subject, silenceOf(answer)) }
  const nothing = { since: null, sinceIsExact: false, due: null, end: null }
  return { judged: judged(subject, { ...nothing, ...verdict, level: 'overdue', reasons }) }
}

/** What is no failure of the network: the server is there, and nobody who asks it for TLS gets it. */
const VERDICTS: Partial<Record<SilentAnswer['kind'], Pick<Judged, 'rule' | 'message' | 'advice'>>> = {
  'no-tls': {
    rule: 'endpoint-without-tls',
    message: 'offers no TLS',
    advice: 'Switch TLS on there, or correct starttls in sealward.yml.',
  },
  injected: {
    rule: 'endpoint-injection',
    message: 'sends more than its answer before TLS begins, as somebody who stands between can make it',
    advice: 'Look at what stands between, and update the server.',
  },
}

function silenceOf({ kind, code }: SilentAnswer): string {
  const words: Partial<Record<SilentAnswer['kind'], string>> = {
    'unknown-host': 'has a name that no address is known for',
    refused: 'refuses the connection',
    silent: 'did not answer in time',
    'not-understood': 'does not speak the protocol that sealward.yml says',
    handshake: 'begins TLS and fails',
    'not-asked': 'was not asked: the time for all endpoints was over',
  }
  return `${words[kind]}${code === '' ? '' : ` (${code})`}, so its certificate is not judged`
}

/** A note has no name of its own that renderings could hide, so it names the line of sealward.yml. */
function noteOn({ place }: Subject, message: string): CheckNote {
  return { message: `an endpoint ${message}`, ...(place === null ? {} : { place }) }
}

function offlineNote(count: number): CheckNote {
  return {
    message: `${amount(count, 'endpoint')} of sealward.yml ${count === 1 ? 'was' : 'were'} not asked: that needs the network`,
    hint: 'sealward check --endpoints',
  }
}
