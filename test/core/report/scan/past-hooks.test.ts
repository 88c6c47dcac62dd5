import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../../src/core/finding.ts'
import { annotate } from '../../../../src/core/report/scan/annotations.ts'
import { printScanSummary } from '../../../../src/core/report/scan/markdown/markdown.ts'
import { printScan } from '../../../../src/core/report/scan/text.ts'
import type { ScanOutcome } from '../../../../src/core/scan/outcome.ts'
import { HOSTILE, OLD, TOKEN } from './outcome.ts'

const SAID = 'has what the hooks refuse: committed without them, or with --no-verify'

function from(commit: string): Finding {
  return { ...TOKEN, origin: { commit, date: '2026-03-01T12:00:00.000Z', recent: true } }
}

function outcomeOf(...findings: Finding[]): ScanOutcome {
  const looked = { what: 'versions of files', count: 3, bytes: 10, milliseconds: 1 }
  return { findings, allowed: [], stale: [], looked, cut: [] }
}

const text = (...findings: Finding[]) =>
  printScan(outcomeOf(...findings), { explain: false, paint: (_, words) => words })

describe('a commit that the hooks would have refused', () => {
  const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]

  it('is named once in a text, in a summary and in annotations', () => {
    const findings = [from(one), from(one), from(other)]
    expect(
      text(...findings)
        .split('\n')
        .filter((line) => line.includes(SAID)),
    ).toEqual([`commit ${one} of 2026-03-01 ${SAID}`, `commit ${other} of 2026-03-01 ${SAID}`])
    expect(printScanSummary(outcomeOf(...findings), null).match(/has what the hooks refuse/g)).toHaveLength(2)
    expect(annotate(findings).filter(({ type }) => type === 'notice')).toEqual(
      [one, other].map((commit) => ({
        type: 'notice',
        title: 'sealward: a commit past the hooks',
        message: `commit ${commit} of 2026-03-01 ${SAID}.`,
      })),
    )
  })

  it('has no day where none is known', () => {
    const { date: _, ...origin } = from(one).origin!
    expect(text({ ...TOKEN, origin })).toContain(`commit ${one} ${SAID}`)
  })

  it('is none of history, nor of what is there now', () => {
    expect(text(OLD, TOKEN)).not.toContain(SAID)
    expect(annotate([OLD, TOKEN]).map(({ title }) => title)).not.toContain('sealward: a commit past the hooks')
  })

  it('takes no more than the ten notices that GitHub shows, and the last says how many there are', () => {
    const commits = Array.from({ length: 15 }, (_, index) => `${index}`.padEnd(40, 'c'))
    const notices = annotate(commits.map(from)).filter(({ type }) => type === 'notice')
    expect(notices).toHaveLength(10)
    expect(notices.at(-1)?.message).toMatch(/^\d+ more like these\.$/)
    const named = notices.filter(({ message }) => message.includes(SAID)).length
    expect(named + Number(notices.at(-1)?.message.split(' ')[0])).toBe(15)
  })

  it('has a name that nobody obeys', () => {
    const said = text(from(HOSTILE))
    expect(said).not.toMatch(/^::|##\[|[\u0000-\u0009\u000b-\u001f]/m)
  })
})

it('what has not been published need not be revoked', () => {
  const said = printScan(outcomeOf(TOKEN), { explain: false, unpublished: true, paint: (_, words) => words })
  expect(said).toContain('This has not been published')
  expect(said).not.toContain('revoke')
  expect(text(TOKEN)).toContain('revoke it first')
})
