import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { type Baseline, newBaseline, updateBaseline } from '../../../../src/core/scan/allow/baseline.ts'
import type { FileHits } from '../../../../src/core/scan/allow/baseline-fingerprint.ts'
import { AllowanceJudge, type Allowances } from '../../../../src/core/scan/allow/judge.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'

const POLICY = parsePolicy(
  `scan:
  allow:
    - { path: docs/**, reason: examples }
    - { path: docs/**, rule: never-found, reason: unused }
    - { path: old/**, reason: ran out, expires: 2026-05-31 }
    - { path: new/**, reason: not yet, expires: 2026-06-01 }
  disable:
    - { rule: generic-url, reason: too many }
    - { rule: unknown-rule, reason: unused }
hook:
  allow: [{ path: test/**, rule: generic-password, reason: made up }]
`,
  'sealward.yml',
)

/** A file in which every `word` is a hit of a rule. */
function fileOf(file: string, content: string, rule = 'generic-password'): FileHits {
  const text = new ScanText(Buffer.from(content))
  const hits = [...content.matchAll(/hunter\d/g)].map(({ 0: word, index }) => ({
    finding: {
      rule,
      file,
      line: text.lineOf(index),
      column: index - content.lastIndexOf('\n', index - 1),
      message: '',
    },
    fingerprint: word,
    place: { start: index, end: index + word.length },
  }))
  return { file, text, hits }
}

function judgeOf(given: Partial<Allowances> = {}): AllowanceJudge {
  return new AllowanceJudge({
    policy: POLICY,
    baseline: null,
    now: new Date('2026-06-01T12:00Z'),
    whole: true,
    ...given,
  })
}

const baselineOf = (content: Baseline) => ({ file: 'baseline.json', content })

describe('a finding', () => {
  it.each([
    ['by a comment', 'a', 'p: hunter2 # sealward:allow generic-password fine', 'generic-password', 'fine'],
    ['by a comment before the policy', 'docs/a', 'p: hunter2 # gitleaks:allow', 'generic-password', 'gitleaks:allow'],
    ['by scan.allow', 'docs/a', 'p: hunter2', 'generic-password', 'examples'],
    ['by hook.allow', 'test/a', 'p: hunter2', 'generic-password', 'made up'],
    ['by a disabled rule', 'a', 'p: hunter2', 'generic-url', 'too many'],
  ])('is allowed %s', async (_, file, content, rule, reason) => {
    const { findings, allowed, candidates } = await judgeOf().judge(fileOf(file, content, rule))
    expect([findings, candidates]).toEqual([[], []])
    expect(allowed.map((each) => each.reason)).toEqual([reason])
  })

  it.each([
    ['nothing is about it', 'a', 'p: hunter2'],
    ['what was has expired', 'old/a', 'p: hunter2'],
    ['the comment gives no reason', 'a', 'p: hunter2 # sealward:allow generic-password'],
    ['the comment has expired', 'a', 'p: hunter2 # sealward:allow generic-password until=2026-05-31 fine'],
  ])('stays when %s', async (_, file, content) => {
    const { findings, allowed } = await judgeOf().judge(fileOf(file, content))
    expect([findings.length, allowed.length]).toEqual([1, 0])
  })

  it('is known by the baseline that was made of it, until its last day, and a second one is not', async () => {
    const empty = newBaseline(randomBytes(32))
    const { candidates } = await judgeOf({ baseline: baselineOf(empty) }).judge(fileOf('a', 'p: hunter2'))
    const made = updateBaseline(empty, candidates, 'from before')
    const judge = judgeOf({ baseline: baselineOf(made) })
    const again = await judge.judge(fileOf('a', '\n# moved\np: hunter2\np: hunter3'))
    expect(again.allowed.map(({ reason, finding }) => [reason, finding.line])).toEqual([['from before', 3]])
    expect(again.findings.map(({ line }) => line)).toEqual([4])
    expect(again.candidates).toHaveLength(2)
    expect(judge.finish().filter(({ file }) => file === 'baseline.json')).toEqual([])
    const expiring = { ...made, findings: made.findings.map((entry) => ({ ...entry, expires: '2026-05-31' })) }
    const late = judgeOf({ baseline: baselineOf(expiring), policy: null })
    expect((await late.judge(fileOf('a', 'p: hunter2'))).findings).toHaveLength(1)
    expect(late.finish().map(({ why }) => why)).toEqual([expect.stringContaining('has expired on 2026-05-31')])
  })
})

type Entry = Baseline['findings'][number]
const GONE = { rule: 'r', file: 'gone', reason: 'x' }

describe('what is stale', () => {
  it('is said by file and line, once everything was judged', async () => {
    const [entry, second] = ['0', 'f'].map((digit) => ({ ...GONE, fingerprint: digit.repeat(32) })) as [Entry, Entry]
    const judge = judgeOf({ baseline: baselineOf({ salt: randomBytes(32), findings: [entry, second] }) })
    await judge.judge(fileOf('docs/b', 'p: hunter2'))
    await judge.judge(fileOf('u', 'p: hunter2', 'generic-url'))
    await judge.judge(fileOf('test/b', 'p: hunter2'))
    await judge.judge(
      fileOf(
        'c',
        'x # sealward:allow generic-url why\ny # sealward:allow generic-url\nz # sealward:allow a until=2026-02-31 b\n# sealward:allow\n',
      ),
    )
    await judge.judge(fileOf('d', 'p: hunter2 # sealward:allow generic-password fine\nx # gitleaks:allow'))
    expect(judge.finish().map(({ file, line, why }) => `${file}:${line} ${why}`)).toEqual([
      `baseline.json:undefined the entry ${entry.fingerprint} (r) matches nothing any more: update the baseline`,
      `baseline.json:undefined the entry ${second.fingerprint} (r) matches nothing any more: update the baseline`,
      'c:1 the comment allows nothing: take it out',
      'c:2 the comment gives no reason',
      'c:3 the comment has a last day that is none',
      'c:4 the comment names no rule',
      'sealward.yml:4 the allowance allows nothing: take it out',
      'sealward.yml:5 the allowance has expired on 2026-05-31',
      'sealward.yml:6 the allowance allows nothing: take it out',
      'sealward.yml:9 the disabled rule finds nothing: take it out',
    ])
  })

  it('is only what is wrong in itself when a part of the files was judged', async () => {
    const judge = judgeOf({ whole: false })
    await judge.judge(fileOf('d', 'p: hunter2 # sealward:allow generic-url fine\nq: x # sealward:allow generic-url'))
    expect(judge.finish().map(({ file, line }) => `${file}:${line}`)).toEqual(['d:2', 'sealward.yml:5'])
  })
})
