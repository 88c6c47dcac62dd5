import { describe, expect, it } from 'vitest'
import { readEventRepository, workflowFileOf } from '../../../src/core/job/event-repository.ts'
import { whyNotForRepository } from '../../../src/core/job/issue-run.ts'

const bytes = (payload: unknown) => Buffer.from(JSON.stringify(payload))
const main = { event: 'push', ref: 'refs/heads/main' }

describe('what a payload says of the repository', () => {
  it.each([
    [{ private: true }, 'private'],
    [{ private: false }, 'public'],
    [{ private: 'false' }, null],
    [{}, null],
  ])('who sees it: %j', (repository, visibility) => {
    expect(readEventRepository(bytes({ repository }), main).visibility).toBe(visibility)
  })

  it.each([
    ['the default branch', { default_branch: 'main' }, main, true],
    ['another branch', { default_branch: 'main' }, { event: 'push', ref: 'refs/heads/x' }, false],
    ['a tag of that name', { default_branch: 'main' }, { event: 'push', ref: 'refs/tags/main' }, false],
    ['a run that does not say', {}, main, false],
    ['a default branch without a name', { default_branch: '' }, { event: 'push', ref: 'refs/heads/' }, false],
    ['a schedule, which runs nowhere else', {}, { event: 'schedule', ref: 'refs/heads/x' }, true],
  ])('whether it is for the default branch: %s', (_, repository, run, isDefaultBranch) => {
    expect(readEventRepository(bytes({ repository }), run).isDefaultBranch).toBe(isDefaultBranch)
  })

  it('is nothing when it cannot be read', () => {
    expect(readEventRepository(null, main)).toEqual({ visibility: null, isDefaultBranch: false })
    expect(readEventRepository(Buffer.from('[{'), main)).toEqual({ visibility: null, isDefaultBranch: false })
  })
})

describe('a run that speaks for the repository', () => {
  const here = { visibility: null, isDefaultBranch: true }
  it.each(['schedule', 'push', 'workflow_dispatch', 'repository_dispatch'])('is that of %s', (event) => {
    expect(whyNotForRepository({ event }, here)).toBeNull()
    expect(whyNotForRepository({ event }, { ...here, isDefaultBranch: false })).toContain('default branch')
  })

  it.each([
    'pull_request',
    'pull_request_target',
    'pull_request_review',
    'workflow_run',
    'issue_comment',
    'issues',
    '',
  ])('is not that of %s', (event) => {
    expect(whyNotForRepository({ event }, here)).not.toBeNull()
  })
})

describe('the file of a workflow', () => {
  it.each([
    ['octo-org/example/.github/workflows/check.yml@refs/heads/main', 'check.yml'],
    ['octo-org/example/.github/workflows/a.b-c.yaml@refs/pull/1/merge', 'a.b-c.yaml'],
    ['octo-org/example/.github/workflows/../x.yml@refs/heads/main', null],
    ['check.yml', null],
    [undefined, null],
  ])('of %s is %s', (ref, file) => {
    expect(workflowFileOf(ref)).toBe(file)
  })
})
