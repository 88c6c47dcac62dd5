import { SealwardError } from '../../core/errors.ts'
import { loadRecogniser, type Recognise } from '../../core/scan/tokens/whole-token.ts'
import { parseJson } from '../../core/trust/json.ts'
import type { ProbeQuestion, Probes } from '../../tasks/world/scan/probe.ts'
import { type Answer, exchange, safeUrl } from '../http/exchange.ts'
import { ALL_PROBES } from './all-probes.ts'
import { type Ask, type Door, type Probe, type Reply, UNKNOWN } from './probe.ts'

export interface ProbeOptions {
  /** Where HTTPS_PROXY and NO_PROXY are; nothing else is read there. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The issuers that may be asked; absent for all. */
  readonly only?: readonly string[]
  /**
   * Addresses of servers that somebody runs for themselves, by the issuer's name, in place of the public ones. From the command line of a
   * person, never from a file of the repository: whoever writes that would be sent the secrets.
   */
  readonly bases?: Readonly<Record<string, string>>
  readonly now: () => Date
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
/** A list of models is the longest answer there is. */
const MAX_BYTES = 256 * 1024

/** @throws SealwardError usage for an issuer that there is not, and an address without TLS */
export function openProbes(options: ProbeOptions): Probes {
  const { only, bases = {} } = options
  for (const name of Object.keys(bases)) if (!ALL_PROBES.some((probe) => probe.name === name)) throw noIssuer()
  const open = ALL_PROBES.filter(({ name }) => only?.includes(name) ?? true)
    .map((probe): OpenProbe => ({ probe, bases: basesOf(probe, bases[probe.name]) }))
    .filter((one) => one.bases.length > 0)
  const rules = open.flatMap(({ probe }) => probe.rules)
  let recogniser: Promise<Recognise> | undefined
  return {
    knows: (rule) => rules.includes(rule),
    async ask(question) {
      try {
        recogniser ??= loadRecogniser(rules)
        const found = prepare(question, open, await recogniser)
        return found === null ? null : await found.ask(doorOf(found.bases, options))
      } catch {
        // Whatever went wrong on the way: an error may quote what was sent.
        return UNKNOWN
      }
    },
  }
}

interface OpenProbe {
  readonly probe: Probe
  /** At least one. */
  readonly bases: readonly URL[]
}

function basesOf({ bases }: Probe, named: string | undefined): URL[] {
  return (named === undefined ? bases : [named]).map(safeUrl)
}

interface Prepared {
  readonly ask: Ask
  readonly bases: readonly URL[]
}

function prepare(
  { value, rule, name, beside }: ProbeQuestion,
  open: readonly OpenProbe[],
  recognise: Recognise,
): Prepared | null {
  const text = value.reveal()
  const kind = rule === PAIR ? PAIR : recognise({ value: text, name, rule })
  if (rule !== null && kind === null) return null
  const asked = { value: text, kind, name, beside: beside.map((one) => one.reveal()) }
  for (const { probe, bases } of open) {
    const ask = probe.prepare(asked)
    if (ask !== null) return { ask, bases }
  }
  return null
}

/** No token by itself, and so in none of the tables. */
const PAIR = 'aws-key-pair'

function doorOf(bases: readonly URL[], { env, now, timeoutMs = TIMEOUT_MS }: ProbeOptions): Door {
  return {
    bases,
    now: now(),
    async send({ base = 0, path, method = 'GET', headers, body }) {
      const url = bases[base]
      if (url === undefined) throw new SealwardError('internal', 'an issuer has no such address')
      const address = `${url.href.replace(/\/+$/, '')}${path}`
      const sent = { method, headers, ...(body === undefined ? {} : { body }) }
      return replyOf(await exchange(address, { ...sent, maxBytes: MAX_BYTES, timeoutMs, env }))
    },
  }
}

function replyOf({ status, headers, body }: Answer): Reply {
  return {
    status,
    header(name) {
      const value = headers[name]
      return typeof value === 'string' ? value : null
    },
    json: parseJson(body),
    text: body.toString('utf8'),
  }
}

function noIssuer(): SealwardError {
  return new SealwardError('usage', 'there is no such issuer', {
    hint: `there are ${ALL_PROBES.map(({ name }) => name).join(', ')}`,
  })
}
