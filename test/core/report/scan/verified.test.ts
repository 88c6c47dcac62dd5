import { describe, expect, it } from 'vitest'
import type { Finding, Verified } from '../../../../src/core/finding.ts'
import { annotate } from '../../../../src/core/report/scan/annotations.ts'
import { printScanJson } from '../../../../src/core/report/scan/json/json.ts'
import { printScanSummary } from '../../../../src/core/report/scan/markdown/markdown.ts'
import { printSarif } from '../../../../src/core/report/scan/sarif/sarif.ts'
import { printScan } from '../../../../src/core/report/scan/text.ts'
import { NOTHING, TOKEN } from './outcome.ts'

/** Every rendering of one finding. */
function rendered(finding: Finding): Record<string, string> {
  const outcome = { ...NOTHING, findings: [finding] }
  const report = { allowed: [], cut: [], category: 'x', version: '1', describe: () => ({ what: 'a', advice: 'b' }) }
  return {
    text: printScan(outcome, { explain: false, paint: (_, words) => words }),
    markdown: printScanSummary(outcome, null),
    annotation: annotate([finding])[0]!.title,
    json: printScanJson(outcome, '1'),
    sarif: printSarif({ ...report, findings: [{ finding, fingerprint: 'f' }] }),
  }
}

describe('what an issuer says', () => {
  it.each([
    ['live', 'works still, says its issuer'],
    ['dead', 'refused by its issuer'],
    ['unknown', 'its issuer does not say'],
  ] as const)('is in every rendering: %s', (verified: Verified, words) => {
    const { text, markdown, annotation, json, sarif } = rendered({ ...TOKEN, verified })
    for (const shown of [text, markdown, annotation]) expect(shown).toContain(words)
    expect(JSON.parse(json!).findings[0].verified).toBe(verified)
    expect(JSON.parse(sarif!).runs[0].results[0].properties.verified).toBe(verified)
  })

  it('is in none where nobody was asked', () => {
    for (const shown of Object.values(rendered(TOKEN))) expect(shown).not.toMatch(/issuer|verified/)
  })
})
