import type { Detection } from '../detection.ts'
import type { ScanText } from '../engine/scan-text.ts'
import type { Blob, Hit, ScanRule } from '../rule.ts'

/** What core/scan/allow/baseline.ts writes; that module is not needed for the name. */
const BASELINE = '.sealward/baseline.json'

/** Secrets in any text: tokens of providers, keys, passwords. The scanner's own engine, loaded when there is a text to look at. */
export const secret: ScanRule = {
  finds: {},
  async judge(blob) {
    if (blob.path === BASELINE) return [] // its salt is random, and its fingerprints look it
    const [{ ScanText }, { traitsOf }, { detectDeep }, { allRules }] = await Promise.all([
      import('../engine/scan-text.ts'),
      import('../generic/file-traits.ts'),
      import('../decode/detect-deep.ts'),
      import('../all-rules.ts'),
    ])
    const text = new ScanText(blob.bytes)
    const { detections } = await detectDeep(text, traitsOf(blob.path), allRules())
    return Promise.all(detections.map((detection) => hitOf(detection, { blob, text })))
  },
}

async function hitOf(detection: Detection, { blob, text }: { blob: Blob; text: ScanText }): Promise<Hit> {
  const { rule, start, end, severity, confidence, reasons } = detection
  const [{ describe }, { previewOf }, { identityOf }] = await Promise.all([
    import('../all-rules.ts'),
    import('../engine/preview.ts'),
    import('../engine/identity.ts'),
  ])
  const { what, advice } = describe(rule)
  return {
    finding: {
      rule,
      file: blob.path,
      line: text.lineOf(start),
      column: start - text.lineStart(start) + 1,
      message: what,
      fix: advice,
      severity,
      confidence,
      preview: previewOf(text, detection),
      reasons,
    },
    fingerprint: await identityOf(text, detection),
    place: { start, end },
  }
}
