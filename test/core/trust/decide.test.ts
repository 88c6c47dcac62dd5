import { describe, expect, it } from 'vitest'
import { type AllowUntrusted, allowedThrough, decideTrust, judgeTrust } from '../../../src/core/trust/decide.ts'
import type { Comparison } from '../../../src/core/trust/verdict.ts'
import { FORK, factsOf, OWN, pullRequest, SHA } from './payloads.ts'

const SAME: Comparison = { file: '.env.encrypted', blob: 'same', head: SHA }
const CHANGED: Comparison = { file: '.env.encrypted', blob: 'differs', head: SHA }

const trusted = judgeTrust(factsOf('push'), [SAME])
const foreign = judgeTrust(factsOf('pull_request_target', pullRequest(FORK)), [SAME])
const changed = judgeTrust(factsOf('push'), [SAME, CHANGED])
const both = judgeTrust(factsOf('pull_request_target', pullRequest(FORK)), [CHANGED])
const comment = judgeTrust(factsOf('issue_comment'), [{ ...SAME, head: 'f'.repeat(40) }])

describe('the decision', () => {
  it.each([
    ['trusted', trusted, ['none', 'fork', 'ref', 'all']],
    ['foreign', foreign, ['fork', 'all']],
    ['a comment with another checkout', comment, ['fork', 'all']],
    ['a changed file', changed, ['ref', 'all']],
    ['a foreign run with a changed file', both, ['all']],
  ] as const)('lets %s through where allow-untrusted covers it', (_, verdicts, allowing) => {
    const settings: readonly AllowUntrusted[] = ['none', 'fork', 'ref', 'all']
    expect(settings.filter((setting) => decideTrust(verdicts, setting) === null)).toEqual(allowing)
  })

  it('refuses with the reason, the safe way and the opt-in', () => {
    expect(decideTrust(foreign, 'none')).toMatchObject({
      code: 'untrusted',
      message: 'this pull_request_target run has secrets and is for a commit of another repository',
      hint: expect.stringMatching(
        /pull_request and an environment with reviewers.*allow-untrusted: fork.*docs\/trust\.md/s,
      ),
      file: undefined,
    })
  })

  it('names the file that is not the commit’s', () => {
    expect(decideTrust(changed, 'none')).toMatchObject({
      message: 'is not the file that commit a1b2c3d of the run has',
      file: '.env.encrypted',
    })
  })

  it('says how many reasons more there are, each counted once', () => {
    expect(decideTrust(both, 'none')?.message).toMatch(/another repository \(and 1 more reason\)$/)
    const two = judgeTrust(factsOf('push'), [CHANGED, CHANGED, { ...CHANGED, file: 'b' }, { ...CHANGED, file: 'c' }])
    expect(decideTrust(two, 'none')?.message).toMatch(/\(and 2 more reasons\)$/)
  })

  it('is about what is still refused when a part was let through', () => {
    expect(decideTrust(both, 'fork')).toMatchObject({ file: '.env.encrypted' })
    expect(decideTrust(both, 'ref')).toMatchObject({ message: expect.stringContaining('pull_request_target') })
  })
})

describe('what was let through', () => {
  it('is told, so that an opt-in is not forgotten', () => {
    expect(allowedThrough(both, 'all')).toEqual([
      'allow-untrusted: all lets through: this pull_request_target run has secrets and is for a commit of another repository',
      'allow-untrusted: all lets through: .env.encrypted is not the file that commit a1b2c3d of the run has',
    ])
    expect(allowedThrough(both, 'ref')).toHaveLength(1)
  })

  it('is nothing where nothing was needed', () => {
    expect(allowedThrough(trusted, 'all')).toEqual([])
    expect(allowedThrough(judgeTrust(factsOf('pull_request', pullRequest(OWN)), [SAME]), 'all')).toEqual([])
    expect(allowedThrough(both, 'none')).toEqual([])
  })
})
