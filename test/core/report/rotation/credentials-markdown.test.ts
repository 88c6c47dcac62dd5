import { describe, expect, it } from 'vitest'
import type { Outcome, Rotated } from '../../../../src/core/credential/machine/outcome.ts'
import { printRotatedMarkdown } from '../../../../src/core/report/rotation/credentials-markdown.ts'

const one = (outcome: Outcome, request: string | null = null): Rotated => ({ name: 'orders-db', outcome, request })

describe('the summary of a rotation', () => {
  it.each<[Outcome, string]>([
    [{ kind: 'rotated' }, 'the old login ended'],
    [{ kind: 'waiting', for: 'merge', until: null }, 'merge the branch'],
    [{ kind: 'waiting', for: 'grace', until: new Date('2026-03-04T05:06:07Z') }, '2026&#45;03&#45;04'],
    [{ kind: 'breaker', why: 'three failures' }, 'a person looks'],
    [{ kind: 'drift', why: 'neither works' }, 'a person looks'],
    [{ kind: 'rollback-failed', why: 'no' }, 'a person looks'],
    [{ kind: 'failed', code: 'unavailable', why: 'no answer', hint: null }, 'the next run goes on'],
    [{ kind: 'rolled-back', asked: false, why: 'a check' }, 'rolled back'],
    [{ kind: 'nothing', why: 'all is done' }, 'nothing to do'],
  ])('has one row for %o', (outcome, words) => {
    const [, , row = '', ...more] = printRotatedMarkdown([one(outcome)])
      .trimEnd()
      .split('\n')
    expect([row.split(' | ').length, more]).toEqual([3, []])
    expect(row.replaceAll('&#32;', ' ')).toContain(words)
  })

  it('has the steps of a plan, and what the system would be told', () => {
    const steps = [
      { phase: 'applied', what: 'the system is told', shapes: ['ALTER ROLE "app_b" PASSWORD [verifier]'] },
    ] as const
    const text = printRotatedMarkdown([
      one({ kind: 'planned', plan: { strategy: 'alternating', driver: 'postgres', steps } }),
    ])
    expect(text).toContain('1. **applied**')
    expect(text).toContain('<code>ALTER ROLE &#34;app&#95;b&#34; PASSWORD &#91;verifier&#93;</code>')
  })

  it('lets nothing that a system said be structure, and names a request', () => {
    const why = '| x | ![](https://evil.example) </table> @octocat\n# y'
    const text = printRotatedMarkdown([
      one({ kind: 'failed', code: 'io', why, hint: why }, 'https://github.com/o/r/pull/1'),
    ])
    expect(text.split('\n')).toHaveLength(4)
    for (const mark of ['![', '</table>', '@octocat', '\n#']) expect(text).not.toContain(mark)
    expect(text).toContain('merge https')
  })

  it('says when there is nothing, and stops where nobody reads on', () => {
    expect(printRotatedMarkdown([])).toBe('No credential is due.\n')
    const many = printRotatedMarkdown(Array.from({ length: 205 }, () => one({ kind: 'rotated' })))
    expect([
      many.split('\n').filter((line) => line.startsWith('| <code>')).length,
      many.includes('5 more are not shown'),
    ]).toEqual([200, true])
  })
})
