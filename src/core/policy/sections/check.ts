import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { described, listOf } from '../schema-parts.ts'
import { daysOf, duration } from './duration.ts'
import { receiver, variable } from './requests/receiver.ts'

/** The section `check`, with defaults filled in. */
export interface CheckPolicy {
  /** How names of secrets are shown; null where the repository decides: in full in a private one, hashed in a public one. */
  readonly names: (typeof NAMES)[number] | null
  readonly issues: (typeof ISSUES)[number]
  readonly failOn: (typeof FAIL_ON)[number]
  /** Issuers that may be asked about their own secrets. */
  readonly probes: readonly ProbeName[]
  /** Whether every recipient has to withstand a quantum computer. */
  readonly postQuantum: boolean
  /** After how many days of silence the schedule counts as dead; null for no question. */
  readonly heartbeat: number | null
  readonly notify: Notify
  /** The line of each key that is written; a key that is not has its default. */
  readonly lines: ReadonlyMap<string, number>
}

/** Names of variables that hold the addresses, which are secrets themselves; null for nobody. */
interface Notify {
  /** Without a key, a webhook is not signed. */
  readonly webhook: { readonly url: string; readonly key: string | null } | null
  readonly slack: { readonly url: string } | null
}

const NAMES = ['full', 'hashed', 'none'] as const
const ISSUES = ['dashboard', 'per-finding', 'off'] as const
const FAIL_ON = ['never', 'overdue', 'due'] as const

/** Every issuer that can be asked. One name has one file in the adapter. */
export const PROBES = ['github', 'gitlab', 'cloudflare', 'slack', 'npm', 'gcp', 'aws', 'vault'] as const
export type ProbeName = (typeof PROBES)[number]

export const CheckSection = v.strictObject({
  names: v.optional(
    described(
      v.picklist(NAMES, `must be one of ${NAMES.join(', ')}`),
      'How issues and reports call secrets. Without it, full in a private repository and hashed in a public one.',
    ),
  ),
  issues: v.optional(
    described(
      v.picklist(ISSUES, `must be one of ${ISSUES.join(', ')}`),
      'One issue for everything, one for each finding, or none.',
    ),
    'dashboard',
  ),
  'fail-on': v.optional(
    described(v.picklist(FAIL_ON, `must be one of ${FAIL_ON.join(', ')}`), 'What makes the step or the command fail.'),
    'overdue',
  ),
  probes: listOf(
    v.picklist(PROBES, `must be one of ${PROBES.join(', ')}`),
    'Issuers that are asked over the network when their own secrets end. Without it, none.',
  ),
  'post-quantum': v.optional(
    described(
      v.picklist(['required', 'optional'], 'must be required or optional'),
      'Whether files may be encrypted to recipients that a quantum computer could break.',
    ),
    'optional',
  ),
  heartbeat: v.optional(
    described(duration, 'After how much silence of its schedule a pull request is told. Without it, never.'),
  ),
  notify: v.optional(
    described(
      v.strictObject({
        webhook: v.optional(described(receiver, 'A webhook, signed as Standard Webhooks says.')),
        slack: v.optional(
          described(
            v.strictObject({ url: described(variable, 'The variable with the address.') }),
            'An incoming webhook of Slack, or of what understands the same JSON.',
          ),
        ),
      }),
      'Who is told beside the issues, by names of variables.',
    ),
    {},
  ),
})

/** @param text as the schema lets it through */
export function readCheck(text: v.InferOutput<typeof CheckSection>, yaml: Yaml): CheckPolicy {
  const { names = null, issues, 'fail-on': failOn, probes = [], heartbeat, notify } = text
  return {
    ...{ names, issues, failOn, probes },
    postQuantum: text['post-quantum'] === 'required',
    heartbeat: heartbeat === undefined ? null : daysOf(heartbeat),
    notify: {
      webhook: notify.webhook === undefined ? null : { url: notify.webhook.url, key: notify.webhook.key ?? null },
      slack: notify.slack ?? null,
    },
    lines: linesOf(yaml),
  }
}

/** From the document itself: in the text of the schema a default looks like what is written. */
function linesOf({ value, lineOf }: Yaml): Map<string, number> {
  const written = (value as { readonly check?: object } | null)?.check ?? {}
  return new Map(Object.keys(written).map((key) => [key, lineOf(['check', key])]))
}
