import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { printSarif, type SarifReport } from '../../../../../src/core/report/scan/sarif/sarif.ts'
import type { SarifLog } from '../../../../../src/core/report/scan/sarif/types.ts'
import { loadWords, describe as wordsOf } from '../../../../../src/core/scan/all-rules.ts'
import { showAlerts } from '../github-alerts.ts'
import { DOTENV, FORGED, HOSTILE, OLD, PASSWORD, TOKEN } from '../outcome.ts'

const REPORT: SarifReport = {
  findings: [PASSWORD, OLD, DOTENV, TOKEN].map((finding, at) => ({ finding, fingerprint: `f${at}` })),
  allowed: [],
  cut: [{ file: 'dump 1.sql', why: 'only the first 8 of 100 MiB were looked at' }],
  category: 'sealward/tree',
  version: '1.2.3',
  describe: (rule) =>
    rule === 'plaintext-dotenv' ? { what: 'a file named like a .env', advice: 'Encrypt it.' } : wordsOf(rule),
}

beforeAll(loadWords)

const run = (report: SarifReport) => (JSON.parse(printSarif(report)) as SarifLog).runs[0]!

describe('SARIF', () => {
  it('is shown by GitHub as alerts, the most urgent first', () => {
    const help = `  > What was pushed counts as known: revoke it first, then take it out of the file. A new commit does not take it out of history.
  > [The rule](https://github.com/sealward/sealward/blob/v1.2.3/docs/rules.md#`
    const github = `  github-pat "GithubPat": A GitHub personal access token (classic) / A GitHub personal access token (classic), in plain text.
  > Delete it at github.com/settings/tokens.
${help}github-pat)
`
    expect(showAlerts(printSarif(REPORT))).toBe(`a GitHub personal access token (classic).
  critical (error), security external/cwe/cwe-798
  src/deploy.ts:12:7-12:11
  sealward 1.2.3, category sealward/tree
${github}
holds 3 values in plain text.
  high (error), security external/cwe/cwe-798
  .env:1:1-1:2
  sealward 1.2.3, category sealward/tree
  plaintext-dotenv "PlaintextDotenv": A file named like a .env / A file named like a .env, in plain text.
  > Encrypt it.
${help}plaintext-dotenv)

dbPassword: a password in an assignment, a call or a configuration.
  medium (warning), security external/cwe/cwe-798
  src/deploy.ts:103:1-103:2
  sealward 1.2.3, category sealward/tree
  generic-password "GenericPassword": A password in an assignment, a call or a configuration / A password in an assignment, a call or a configuration, in plain text.
  > Change it where it is used, and read it from the environment or from an encrypted file.
${help}generic-password)

a GitHub personal access token (classic), in commit ${OLD.origin?.commit}.
  critical (note), security external/cwe/cwe-798
  old/config.php:3:7-3:11
  sealward 1.2.3, category sealward/tree
${github}`)
  })

  it('lists only the rules that occur, each once', () => {
    expect(run(REPORT).tool.driver.rules.map(({ id }) => id)).toEqual([
      'generic-password',
      'github-pat',
      'plaintext-dotenv',
    ])
  })

  it('keeps the fingerprint with its finding', () => {
    expect(run(REPORT).results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints])).toEqual([
      ['github-pat', { 'sealwardFingerprint/v1': 'f3' }],
      ['plaintext-dotenv', { 'sealwardFingerprint/v1': 'f2' }],
      ['generic-password', { 'sealwardFingerprint/v1': 'f0' }],
      ['github-pat', { 'sealwardFingerprint/v1': 'f1' }],
    ])
  })

  it('says of an allowed finding who allows it and why', () => {
    const allowed = [
      { finding: TOKEN, fingerprint: 'a', reason: 'an example', inSource: true },
      { finding: PASSWORD, fingerprint: 'b', reason: 'known', inSource: false },
    ]
    expect(run({ ...REPORT, findings: [], allowed }).results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: 'inSource', status: 'accepted', justification: 'an example' }],
      [{ kind: 'external', status: 'accepted', justification: 'known' }],
    ])
    expect(run(REPORT).results.some((result) => 'suppressions' in result)).toBe(false)
  })

  it('says which files were not looked at whole', () => {
    expect(run(REPORT).invocations[0]?.toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        message: { text: 'Not looked at whole: only the first 8 of 100 MiB were looked at.' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'dump%201.sql', uriBaseId: '%SRCROOT%' } } }],
      },
    ])
  })

  it('names the first hundred of them, and counts the others', () => {
    const cut = Array.from({ length: 102 }, (_, at) => ({ file: `f${at}`, why: 'it is too large' }))
    const said = run({ ...REPORT, cut }).invocations[0]?.toolExecutionNotifications
    expect([said?.length, said?.[0]]).toEqual([
      101,
      { level: 'warning', message: { text: '102 files were not looked at whole.' } },
    ])
  })

  it('has of an origin what is known of it', () => {
    const finding = { ...OLD, origin: { commit: 'c0ffee' } }
    const [result] = run({ ...REPORT, findings: [{ finding, fingerprint: 'f' }] }).results
    expect(result?.properties).toEqual({ severity: 'low', confidence: 'high', commit: 'c0ffee' })
  })

  it.each([
    ['a b/ä#?.ts', 'a%20b/%C3%A4%23%3F.ts', '%SRCROOT%'],
    ['c:/x', 'c%3A/x', '%SRCROOT%'],
    ['/etc/my file', 'file:///etc/my%20file', undefined],
    ['half \ud800 pair', 'half%20%EF%BF%BD%20pair', '%SRCROOT%'],
  ])('writes the path %j as a URI', (file, uri, uriBaseId) => {
    const { results } = run({ ...REPORT, findings: [{ finding: { ...TOKEN, file }, fingerprint: 'f' }] })
    expect(results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({
      uri,
      ...(uriBaseId && { uriBaseId }),
    })
  })

  it('lets no name be a command, an escape, a link or a placeholder', () => {
    const one = { finding: FORGED, fingerprint: 'f' }
    const text = printSarif({
      ...REPORT,
      findings: [one],
      allowed: [{ ...one, reason: HOSTILE, inSource: false }],
      cut: [{ file: HOSTILE, why: HOSTILE }],
      describe: () => ({ what: HOSTILE, advice: HOSTILE }),
    })
    expect(text).toMatch(/^[\x20-\x7e]*\n$/)
    expect(text).not.toContain('##[')
    const { results, tool } = JSON.parse(text).runs[0] as SarifLog['runs'][number]
    expect(results[0]?.message.text).not.toMatch(/[[\]{}\n\u001b\u202e]/)
    expect(tool.driver.rules[0]?.help.markdown.split('\n')[0]).toMatch(/^[A-Za-z0-9 &#;]*$/)
  })

  it('keeps the 25,000 most urgent results, stays below 10 MB, and says so', () => {
    const findings = Array.from({ length: 25_010 }, (_, at) => ({
      finding: { ...TOKEN, line: at + 1, severity: at < 25_000 ? ('low' as const) : ('critical' as const) },
      fingerprint: at.toString(16).padStart(64, '0'),
    }))
    const text = printSarif({ ...REPORT, findings })
    const { results, invocations } = JSON.parse(text).runs[0] as SarifLog['runs'][number]
    expect(text.length).toBeLessThan(10_000_000)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
    expect(results.length).toBeGreaterThan(5_000)
    expect(results.length).toBeLessThanOrEqual(25_000)
    expect(results.slice(0, 10).map(({ level }) => level)).toEqual(Array(10).fill('error'))
    expect(invocations[0]?.toolExecutionNotifications.slice(0, 2).map(({ message }) => message.text)).toEqual([
      `Of 25010 results only the ${results.length} most urgent ones are here.`,
      `GitHub stores the first 5000 of ${results.length} results; the most urgent ones stand first.`,
    ])
  })

  it('is a run without results when nothing was found', () => {
    expect(run({ ...REPORT, findings: [], cut: [] })).toMatchObject({
      results: [],
      tool: { driver: { rules: [] } },
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
    })
  })
})
