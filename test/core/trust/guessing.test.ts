import { describe, expect, it } from 'vitest'
import { isPrivate, runToLookAt } from '../../../src/core/job/event-run.ts'
import { readRunFacts } from '../../../src/core/trust/facts.ts'
import { whyStrangersMayGuess } from '../../../src/core/trust/guessing.ts'

const OWN = { id: 1, full_name: 'acme/app' }
const payload = (value: unknown) => Buffer.from(JSON.stringify(value))

function whyOf(event: string, about: object, numbers: { asked?: number; current?: string } = {}): string | null {
  const bytes = payload({ repository: OWN, ...about })
  const env = { GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: 'acme/app', GITHUB_REPOSITORY_ID: '1' }
  const run = runToLookAt(bytes, event, { asked: numbers.asked ?? null, current: numbers.current ?? '50' })
  return whyStrangersMayGuess(run!, readRunFacts(env, bytes))
}

const finished = (event: unknown, head: unknown = OWN) => ({
  workflow_run: { id: 7, event, repository: OWN, head_repository: head },
})

describe('own values are looked for in runs', () => {
  it.each(['push', 'schedule', 'workflow_dispatch', 'merge_group', 'release', 'pull_request'])('after %s', (event) => {
    expect(whyOf('workflow_run', finished(event))).toBeNull()
  })

  it('of this job, when people who may write caused it', () => {
    expect(whyOf('push', {})).toBeNull()
    expect(whyOf('push', {}, { asked: 50 })).toBeNull()
  })

  it.each([
    ['after pull_request_target', finished('pull_request_target')],
    ['after issues', finished('issues')],
    ['after issue_comment', finished('issue_comment')],
    ['after a review, which anybody may write', finished('pull_request_review')],
    ['after another workflow_run', finished('workflow_run')],
    ['after an event that is not known', finished('brand_new')],
    ['after one that is not said', finished(undefined)],
    ['of a fork', finished('pull_request', { id: 9, full_name: 'mallory/app' })],
    ['of a repository that is gone', finished('pull_request', null)],
  ])('but not %s', (_, about) => {
    expect(whyOf('workflow_run', about)).toContain('run 7')
  })

  it('nor in another one, nor in that of a comment', () => {
    expect(whyOf('push', {}, { asked: 51 })).toContain('run 51')
    expect(whyOf('workflow_run', finished('push'), { asked: 8 })).toContain('run 8')
    expect(whyOf('issue_comment', {})).toContain('issue_comment')
  })

  it('and the event is quoted only when it looks like one', () => {
    expect(whyOf('workflow_run', finished('x\n::error::'))).toContain('(an unknown event)')
  })
})

describe('the run that is looked at', () => {
  it.each<[string, unknown, { asked: number | null; current: string | undefined }, unknown]>([
    ['workflow_run', { workflow_run: { id: 7 } }, { asked: null, current: '50' }, { id: 7, which: 'event' }],
    ['workflow_run', { workflow_run: { id: 7 } }, { asked: 7, current: '50' }, { id: 7, which: 'event' }],
    ['workflow_run', { workflow_run: { id: '7' } }, { asked: null, current: '50' }, null],
    ['push', { workflow_run: { id: 7 } }, { asked: null, current: '50' }, { id: 50, which: 'current' }],
    ['push', {}, { asked: 7, current: '50' }, { id: 7, which: 'other' }],
    ['push', {}, { asked: null, current: '5x' }, null],
    ['push', {}, { asked: null, current: undefined }, null],
  ])('of %s with %j and %j is %j', (event, about, numbers, expected) => {
    expect(runToLookAt(payload(about), event, numbers)).toEqual(expected)
  })

  it('is private only where the payload says so', () => {
    const about = [{ repository: { private: true } }, { repository: { private: 'true' } }, { repository: {} }, {}]
    expect(about.map((one) => isPrivate(payload(one)))).toEqual([true, false, false, false])
    expect(isPrivate(null)).toBe(false)
  })
})
