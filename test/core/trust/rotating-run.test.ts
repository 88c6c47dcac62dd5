import { describe, expect, it } from 'vitest'
import { whyNoRotation } from '../../../src/core/trust/rotating-run.ts'

const DEFAULT = { visibility: null, isDefaultBranch: true }
const OTHER = { ...DEFAULT, isDefaultBranch: false }

describe('a run that may change credentials', () => {
  it.each(['schedule', 'workflow_dispatch', 'repository_dispatch', 'push'])(
    'is one of the default branch, by %s',
    (event) => {
      expect(whyNoRotation({ event }, DEFAULT)).toBe(null)
      expect(whyNoRotation({ event }, OTHER)).toMatchObject({
        code: 'untrusted',
        message: expect.stringContaining('default branch'),
      })
    },
  )

  it.each([
    '',
    'pull_request',
    'pull_request_target',
    'pull_request_review',
    'workflow_run',
    'issue_comment',
    'issues',
    'release',
    'merge_group',
    'deployment',
    'check_run',
    'Schedule',
    'of-the-future',
  ])('is not one by %o', (event) => {
    expect(whyNoRotation({ event }, DEFAULT)).toMatchObject({
      code: 'untrusted',
      hint: expect.stringContaining('workflow_dispatch'),
    })
  })
})
