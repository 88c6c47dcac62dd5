import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { answerMissingKey, IF_MISSING_KEY, whyNoSecrets } from '../../../src/core/trust/missing-key.ts'
import { FORK, factsOf, OWN, pullRequest, workflowRun } from './payloads.ts'

const DEPENDABOT = { GITHUB_ACTOR: 'dependabot[bot]' }
const fork = factsOf('pull_request', pullRequest(FORK))

describe('a run without a key', () => {
  it.each([
    ['a pull request of a fork', fork, /for a fork gets no secrets$/],
    ['a pull request of a deleted fork', factsOf('pull_request', pullRequest(null)), /for a fork gets no secrets$/],
    ['a review of a fork', factsOf('pull_request_review', pullRequest(FORK)), /^a pull_request_review run/],
    ['Dependabot', factsOf('pull_request', pullRequest(OWN), DEPENDABOT), /Dependabot/],
    ['a push by Dependabot', factsOf('push', {}, DEPENDABOT), /Dependabot/],
  ])('by design (%s) says why', (_, facts, why) => {
    expect(whyNoSecrets(facts)).toMatch(why)
  })

  it.each([
    ['a push', factsOf('push')],
    ['a pull request of a branch', factsOf('pull_request', pullRequest(OWN))],
    ['a pull request that cannot be read', factsOf('pull_request', {})],
    ['pull_request_target of a fork, which has secrets', factsOf('pull_request_target', pullRequest(FORK))],
    ['workflow_run of a fork, which has secrets', factsOf('workflow_run', workflowRun(FORK))],
    ['somebody who calls himself almost so', factsOf('push', {}, { GITHUB_ACTOR: 'dependabot-bot' })],
    ['a schedule by Dependabot’s account', factsOf('schedule', {}, DEPENDABOT)],
  ])('that should have one (%s) fails with its own error under every setting', (_, facts) => {
    const error = new SealwardError('no-identity', 'no identity at hand opens the file')
    for (const setting of IF_MISSING_KEY)
      expect(answerMissingKey(facts, setting, error)).toEqual({ kind: 'fail', error })
  })

  it('by design ends as if-missing-key says', () => {
    const message = 'nothing was decrypted, because there is no key: a pull_request run for a fork gets no secrets'
    expect(answerMissingKey(fork, 'warn')).toEqual({ kind: 'warn', message })
    expect(answerMissingKey(fork, 'skip')).toEqual({ kind: 'skip', message })
    expect(answerMissingKey(fork, 'error')).toMatchObject({
      kind: 'fail',
      error: {
        code: 'no-identity',
        message: 'there is no key: a pull_request run for a fork gets no secrets',
        hint: expect.stringContaining('if-missing-key: skip'),
      },
    })
  })
})
