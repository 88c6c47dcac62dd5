import { expect, it } from 'vitest'
import { type Actor, type ActorFacts, actorOf } from '../../../src/core/ledger/actor.ts'

const JOB = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'octocat', GITHUB_REPOSITORY: 'acme/app', GITHUB_RUN_ID: '12' }
const GIT = { name: 'Alice', email: 'alice@example.com' }
const nobody: ActorFacts = { env: {}, name: null, email: null }

it.each<[string, Partial<ActorFacts>, Actor]>([
  [
    'whoever started a job, and its run',
    { ...GIT, env: JOB },
    { via: 'github', name: 'octocat', run: 'acme/app/runs/12' },
  ],
  ['no run without its number', { env: { ...JOB, GITHUB_RUN_ID: undefined } }, { via: 'github', name: 'octocat' }],
  ['no run without its repository', { env: { ...JOB, GITHUB_REPOSITORY: '' } }, { via: 'github', name: 'octocat' }],
  ['whom git knows where a job names nobody', { ...GIT, env: { ...JOB, GITHUB_ACTOR: '' } }, { via: 'git', ...GIT }],
  [
    'whom git knows where there is no job',
    { ...GIT, env: { ...JOB, GITHUB_ACTIONS: 'false' } },
    { via: 'git', ...GIT },
  ],
  ['a name without an address', { name: 'Alice' }, { via: 'git', name: 'Alice' }],
  ['an empty address as none', { name: 'Alice', email: '' }, { via: 'git', name: 'Alice' }],
  ['somebody unknown', {}, { via: 'git', name: '(unknown)' }],
  ['an empty name as unknown', { name: '' }, { via: 'git', name: '(unknown)' }],
  ['as much of a name as an entry can have', { name: 'n'.repeat(300) }, { via: 'git', name: 'n'.repeat(200) }],
  [
    'no half of a character at the cut',
    { name: `${'n'.repeat(199)}\u{1f600}` },
    { via: 'git', name: `${'n'.repeat(199)}\ufffd` },
  ],
])('the actor is %s', (_, facts, actor) => {
  expect(actorOf({ ...nobody, ...facts })).toEqual(actor)
})
