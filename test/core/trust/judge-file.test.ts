import { describe, expect, it } from 'vitest'
import { judgeCheckout, judgeFile } from '../../../src/core/trust/judge-file.ts'
import type { BlobOutcome, Comparison } from '../../../src/core/trust/verdict.ts'
import { FORK, factsOf, OWN, pullRequest, SHA, workflowRun } from './payloads.ts'

const OTHER = 'f'.repeat(40)

function comparison(blob: BlobOutcome, head: string | null = SHA): Comparison {
  return { file: 'app/.env.encrypted', blob, head }
}

describe('a file', () => {
  it('is trusted when it is the one of the commit, whatever is checked out', () => {
    expect(judgeFile(factsOf('push'), comparison('same', OTHER))).toEqual({ kind: 'trusted' })
  })

  it.each([
    ['differs', 'is not the file that commit a1b2c3d of the run has'],
    ['absent', 'is not a file of commit a1b2c3d of the run'],
    ['no-commit', 'cannot be compared with commit a1b2c3d of the run, which its repository does not have'],
    ['no-repository', 'cannot be compared with commit a1b2c3d of the run: it lies in no git repository'],
    ['no-git', 'cannot be compared with commit a1b2c3d of the run: there is no git'],
    ['unreadable', 'cannot be compared with commit a1b2c3d of the run: git did not give a true answer in time'],
  ] as const)('is refused when the comparison says %s', (blob, reason) => {
    const verdict = judgeFile(factsOf('push'), comparison(blob))
    expect(verdict).toMatchObject({ kind: 'ref', why: blob, file: 'app/.env.encrypted', reason })
    expect(verdict).toMatchObject({ advice: expect.stringContaining('allow-untrusted: ref') })
  })

  it('is refused in words of its own when the run does not say its commit', () => {
    const facts = factsOf('push', {}, { GITHUB_SHA: 'HEAD; rm -rf' })
    expect(facts.sha).toBeNull()
    expect(judgeFile(facts, comparison('no-commit'))).toMatchObject({
      reason: 'cannot be compared with the commit of the run, which its repository does not have',
    })
  })
})

describe('what is checked out', () => {
  it.each([
    ['issue_comment', {}],
    ['issues', {}],
    ['discussion_comment', {}],
    ['check_suite', {}],
    ['an_event_of_the_future', {}],
    ['workflow_run', workflowRun(OWN, 'issue_comment')],
    ['workflow_run', workflowRun(OWN, 'workflow_run')],
    ['workflow_run', workflowRun(OWN, null)],
  ])('must be the commit of the run for %s', (event, payload) => {
    const facts = factsOf(event, payload)
    expect(judgeCheckout(facts, comparison('same'))).toEqual({ kind: 'trusted' })
    expect(judgeCheckout(facts, comparison('same', OTHER))).toMatchObject({
      kind: 'foreign',
      why: 'checkout',
      reason: `anyone can cause this ${event} run, and what is checked out is not its commit`,
    })
    expect(judgeCheckout(facts, comparison('no-git', null))).toMatchObject({
      reason: expect.stringContaining('it is not known what is checked out'),
    })
  })

  it.each([
    ['push', {}],
    ['workflow_dispatch', {}],
    ['merge_group', {}],
    ['pull_request', pullRequest(OWN)],
    ['pull_request_target', pullRequest(OWN)],
    ['workflow_run', workflowRun(OWN)],
    ['workflow_run', workflowRun(FORK, 'issue_comment')],
  ])('is not asked about for %s, which is judged by its head', (event, payload) => {
    expect(judgeCheckout(factsOf(event, payload), comparison('same', OTHER))).toEqual({ kind: 'trusted' })
  })
})
