import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../../../src/core/finding.ts'
import { parseMarker } from '../../../../../src/core/issues/marker.ts'
import {
  type Leak,
  leakBody,
  leakMarker,
  leakTitle,
  parseLeakMarker,
} from '../../../../../src/core/report/scan/markdown/leak-issue.ts'

const FINDING: Finding = {
  rule: 'own-secret',
  file: 'logs: build',
  line: 3,
  name: 'DATABASE_PASSWORD',
  message: 'the value that is encrypted in .env.encrypted, as base64',
  severity: 'critical',
  confidence: 'high',
}
const LEAK: Leak = { run: 7, repository: 'https://github.com/acme/app', findings: [FINDING], names: true }

describe('the issue about a leak', () => {
  it('says what, where and which variable, and rotates it before anything is deleted', () => {
    const body = leakBody(LEAK)
    expect(leakTitle(LEAK)).toBe('A secret stands in what run 7 left behind')
    expect(body).toContain('[run 7](https://github.com/acme/app/actions/runs/7)')
    expect(body).toContain('<code>logs&#58; build&#58;3</code>')
    const steps = body.split('\n').filter((line) => line.startsWith('- [ ] '))
    expect(steps.map((line) => line.split(/[:,]/)[0])).toEqual([
      '- [ ] Rotate <code>DATABASE&#95;PASSWORD</code>',
      "- [ ] Delete the run's logs",
      '- [ ] Find the step that printed or packed it',
    ])
    expect(body).toContain('`gh api -X DELETE repos/acme/app/actions/runs/7/logs`')
  })

  it('names no variable where it must not', () => {
    const body = leakBody({ ...LEAK, names: false })
    expect(body).not.toContain('PASSWORD')
    expect(body).toContain('- [ ] Rotate each of them:')
  })

  it('speaks of artifacts where there are some, and of the others where not all are variables', () => {
    const { name, ...token } = { ...FINDING, rule: 'github-token', file: 'artifact dist!a' }
    const body = leakBody({ ...LEAK, findings: [FINDING, token] })
    expect(body).toContain('- [ ] Rotate the others:')
    expect(body).toContain('- [ ] Delete the artifacts')
    expect(leakBody({ ...LEAK, findings: [token] })).not.toContain('/logs`')
  })

  it('links no page and leaves the name to be filled in where no address is known', () => {
    const { line, name, ...nameless } = FINDING
    const body = leakBody({ ...LEAK, repository: null, findings: [FINDING, nameless] })
    expect(body).toContain('in the logs and artifacts of run 7.')
    expect(body).toContain('`gh api -X DELETE repos/OWNER/NAME/actions/runs/7/logs`')
    expect(body).toContain('<code>logs&#58; build</code>')
    expect(body).not.toContain('](')
  })

  it('deletes the run where the name of a job holds the secret', () => {
    const inName = { ...FINDING, file: 'logs: job 12 (its name)' }
    expect(leakBody({ ...LEAK, findings: [inName] })).toContain('`gh api -X DELETE repos/acme/app/actions/runs/7`')
    expect(leakBody(LEAK)).not.toContain('runs/7`')
  })

  it('is known again by its first line, which is none of the other issues that Sealward keeps', () => {
    const body = leakBody(LEAK)
    expect([parseLeakMarker(body), parseMarker(body)]).toEqual([leakMarker(LEAK), null])
    expect(parseLeakMarker(`> ${body}`)).toBeNull()
    expect(parseLeakMarker(`x\n${body}`)).toBeNull()
  })

  it('remembers places and rules, in whatever order, and no name', () => {
    const other = { ...FINDING, line: 4 }
    const found = (findings: readonly Finding[]) => leakMarker({ ...LEAK, findings }).found
    expect(found([FINDING, other])).toBe(found([other, FINDING]))
    expect(found([FINDING, other])).not.toBe(found([FINDING]))
    expect(found([{ ...FINDING, name: 'OTHER' }])).toBe(found([FINDING]))
  })

  it('has room for what it can of very many with very long names, and says how many are left', () => {
    const findings = Array.from({ length: 500 }, (_, line) => ({ ...FINDING, line, file: '😀'.repeat(300) }))
    const body = leakBody({ ...LEAK, findings })
    expect(body.length).toBeLessThan(65_536)
    const rows = body.match(/^\| critical/gm)?.length ?? 0
    expect(rows).toBeGreaterThan(5)
    expect(body).toContain(`... and ${500 - rows} more`)
  })

  it('fits into what GitHub takes, and nothing in it is a structure of a page', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('|', '\n# x', '@octocat', '<!--', '`', '😀'.repeat(300)))
    const finding = fc.record({ file: text, message: text, name: text }).map((one): Finding => ({ ...FINDING, ...one }))
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1, maxLength: 60 }), fc.boolean(), (findings, names) => {
        const body = leakBody({ ...LEAK, findings, names })
        expect([...body].length).toBeLessThan(65_536)
        expect(body.match(/^### /gm)).toHaveLength(1)
        expect(body.match(/<!--/g)).toHaveLength(1)
        expect(body).not.toContain('@octocat')
        expect(parseLeakMarker(body)?.run).toBe(7)
      }),
      { numRuns: 40 },
    )
  })
})
