import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRun } from '../../../src/core/trust/judge-run.ts'
import { needsPayload } from '../../../src/core/trust/payload.ts'
import type { ForeignWhy } from '../../../src/core/trust/verdict.ts'
import { FORK, factsOf, OWN, pullRequest, SHA, workflowRun } from './payloads.ts'

type Case = readonly [
  what: string,
  event: string,
  payload: unknown,
  verdict: 'trusted' | ForeignWhy,
  env?: Readonly<Record<string, string | undefined>>,
]

const { id: _ownId, ...OWN_BY_NAME } = OWN
const { id: _forkId, ...FORK_BY_NAME } = FORK
const OWN_AS_FORK = { ...OWN, fork: true }
const text = (content: string) => new TextEncoder().encode(content)

const CASES: readonly Case[] = [
  // Events that only writers cause.
  ['a push', 'push', { ref: 'refs/heads/main', repository: OWN }, 'trusted'],
  ['a push without payload', 'push', null, 'trusted'],
  ['a push of a tag', 'push', {}, 'trusted', { GITHUB_REF: 'refs/tags/v1' }],
  ['a push in a repository that is a fork itself', 'push', { repository: FORK }, 'trusted'],
  ['a run by hand', 'workflow_dispatch', { inputs: { pull_request: { head: { repo: FORK } } } }, 'trusted'],
  ['a run by the API', 'repository_dispatch', { client_payload: {} }, 'trusted'],
  ['a schedule', 'schedule', { schedule: '7 3 * * *' }, 'trusted'],
  ['a release', 'release', { action: 'published' }, 'trusted'],
  ['a merge queue', 'merge_group', { merge_group: { head_sha: SHA } }, 'trusted'],
  ['a new branch', 'create', {}, 'trusted'],
  ['a deployment', 'deployment', {}, 'trusted'],
  ['a push by Dependabot', 'push', {}, 'trusted', { GITHUB_ACTOR: 'dependabot[bot]' }],

  // Pull requests.
  ['a pull request of a branch', 'pull_request', pullRequest(OWN), 'trusted'],
  ['a pull request of a branch, in a fork', 'pull_request', pullRequest(OWN_AS_FORK, OWN_AS_FORK), 'trusted'],
  ['a pull request of a branch, by names alone', 'pull_request', pullRequest(OWN_BY_NAME, OWN_BY_NAME), 'trusted'],
  [
    'a pull request of a branch, in other letters',
    'pull_request',
    pullRequest({ full_name: 'Octo-Org/EXAMPLE' }, {}),
    'trusted',
  ],
  [
    'a pull request of a renamed repository',
    'pull_request',
    pullRequest({ ...OWN, full_name: 'octo-org/old' }),
    'trusted',
  ],
  ['a pull request by Dependabot', 'pull_request', pullRequest(OWN), 'trusted', { GITHUB_ACTOR: 'dependabot[bot]' }],
  ['a pull request of a fork', 'pull_request', pullRequest(FORK), 'fork'],
  ['a pull request of a fork, by names alone', 'pull_request', pullRequest(FORK_BY_NAME, OWN_BY_NAME), 'fork'],
  ['a fork that took the old name', 'pull_request', pullRequest({ ...FORK, full_name: OWN.full_name }), 'fork'],
  ['a fork whose name begins like ours', 'pull_request', pullRequest({ full_name: 'octo-org/example2' }), 'fork'],
  ['a fork that denies it', 'pull_request', pullRequest({ ...FORK, fork: false }), 'fork'],
  ['a fork of the same owner', 'pull_request', pullRequest({ id: 5, full_name: 'octo-org/example-fork' }), 'fork'],
  ['a merged pull request of a fork', 'pull_request', { ...pullRequest(FORK), action: 'closed' }, 'fork'],
  ['a review in a fork’s pull request', 'pull_request_review', pullRequest(FORK), 'fork'],
  ['a review in a branch’s pull request', 'pull_request_review', pullRequest(OWN), 'trusted'],
  ['a comment on a fork’s line', 'pull_request_review_comment', pullRequest(FORK), 'fork'],
  ['a pull request of a deleted fork', 'pull_request', pullRequest(null), 'deleted-head'],

  // Pull requests, with secrets.
  ['pull_request_target of a branch', 'pull_request_target', pullRequest(OWN), 'trusted'],
  ['pull_request_target of a fork', 'pull_request_target', pullRequest(FORK), 'foreign-head'],
  ['pull_request_target of a deleted fork', 'pull_request_target', pullRequest(null), 'deleted-head'],
  ['pull_request_target with an empty payload', 'pull_request_target', {}, 'unreadable'],
  ['pull_request_target without payload', 'pull_request_target', null, 'unreadable'],

  // After another workflow.
  ['workflow_run after a branch', 'workflow_run', workflowRun(OWN), 'trusted'],
  ['workflow_run after a push', 'workflow_run', workflowRun(OWN, 'push'), 'trusted'],
  ['workflow_run after a fork', 'workflow_run', workflowRun(FORK), 'foreign-head'],
  [
    'workflow_run after a fork’s branch main',
    'workflow_run',
    workflowRun({ ...FORK, default_branch: 'main' }),
    'foreign-head',
  ],
  ['workflow_run after a deleted fork', 'workflow_run', workflowRun(null), 'deleted-head'],
  ['workflow_run without its head', 'workflow_run', { workflow_run: { event: 'push' }, repository: OWN }, 'unreadable'],
  [
    'workflow_run whose head hides in another key',
    'workflow_run',
    { head_repository: OWN, workflow_run: {} },
    'unreadable',
  ],

  // Payloads that say nothing, or not this.
  ['a payload that breaks off', 'pull_request', text('{"pull_request": {'), 'unreadable'],
  ['a payload that is a list', 'pull_request', [pullRequest(OWN)], 'unreadable'],
  ['a payload that is null', 'pull_request', text('null'), 'unreadable'],
  ['a payload that is no UTF-8', 'pull_request', new Uint8Array([0x22, 0xff, 0x22]), 'unreadable'],
  ['a head that is a text', 'pull_request', pullRequest('octo-org/example'), 'unreadable'],
  ['a head without id and name', 'pull_request', pullRequest({ fork: false }), 'unreadable'],
  ['ids that are texts', 'pull_request', pullRequest({ id: '1296269' }), 'unreadable'],
  ['ids that are not whole', 'pull_request', pullRequest({ id: 1296269.5 }), 'unreadable'],
  [
    'a head by prototype',
    'pull_request',
    text('{"__proto__": {"pull_request": {"head": {"repo": {"id": 1296269}}}}}'),
    'unreadable',
  ],
  ['the payload of another repository', 'pull_request', pullRequest(FORK, FORK), 'unreadable'],
  [
    'a run that does not know its repository',
    'pull_request',
    pullRequest({ full_name: 'octo-org/example' }, null),
    'unreadable',
    { GITHUB_REPOSITORY: undefined, GITHUB_REPOSITORY_ID: undefined },
  ],

  // Events that anybody causes: their checkout is judged, not their payload.
  ['a comment', 'issue_comment', { comment: {}, issue: { pull_request: {} } }, 'trusted'],
  ['an issue', 'issues', {}, 'trusted'],
  ['an event of the future', 'pull_request_dream', {}, 'trusted'],

  // No event at all.
  ['a machine that is no runner', '', {}, 'no-event', { GITHUB_EVENT_NAME: undefined }],
  ['an event name that is none', '', {}, 'no-event', { GITHUB_EVENT_NAME: 'push\n::set-env name=A::b' }],
]

describe('a run', () => {
  const cases = CASES.map(([what, event, payload, expected, env = {}]) => ({ what, event, payload, expected, env }))

  it.each(cases)('$what ($event) is $expected', ({ event, payload, expected, env }) => {
    const verdict = judgeRun(factsOf(event, payload, env))
    expect(verdict.kind === 'foreign' ? verdict.why : verdict.kind).toBe(expected)
  })

  it('that is foreign says why and what to do, in words that name no value of the payload', () => {
    for (const [, event, payload, , env] of CASES) {
      const verdict = judgeRun(factsOf(event, payload, env))
      if (verdict.kind !== 'foreign') continue
      expect(verdict.reason).toMatch(/^[a-z][^\n]+[^.]$/)
      expect(verdict.advice.length).toBeGreaterThan(40)
      expect(JSON.stringify(verdict)).not.toMatch(/mallory|7777777/)
    }
  })

  it('is never trusted with a head of another id, whatever else the payload says', () => {
    const events = fc.constantFrom('pull_request', 'pull_request_target', 'pull_request_review', 'workflow_run')
    const noise = fc.dictionary(fc.constantFrom('full_name', 'fork', 'name', 'owner', 'node_id'), fc.jsonValue())
    fc.assert(
      fc.property(events, fc.integer({ min: 1 }), noise, (event, id, rest) => {
        fc.pre(id !== OWN.id)
        const head = { ...rest, id }
        const facts = factsOf(event, event === 'workflow_run' ? workflowRun(head) : pullRequest(head))
        return judgeRun(facts).kind === 'foreign'
      }),
    )
  })

  it('is judged, and never throws, whatever the payload is', () => {
    fc.assert(
      fc.property(fc.constantFrom('pull_request', 'workflow_run', 'push'), fc.jsonValue(), (event, payload) => {
        const { kind } = judgeRun(factsOf(event, payload))
        return kind === (event === 'push' ? 'trusted' : 'foreign')
      }),
    )
  })

  it('needs its payload only for events that have a head', () => {
    const needing = [...new Set(CASES.map(([, event]) => event))].filter((event) => needsPayload(event))
    expect(needing.toSorted()).toEqual([
      'pull_request',
      'pull_request_review',
      'pull_request_review_comment',
      'pull_request_target',
      'workflow_run',
    ])
  })
})
