import type { RuleWords } from '../all-rules.ts'
import { BASELINE_FILE } from '../allow/baseline-file.ts'
import type { Detection } from '../detection.ts'
import type { RuleSet } from '../engine/rule-set.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { FINGERPRINTS_FILE } from '../own/keyless/index-file.ts'
import type { Blob, Hit, ScanRule } from '../rule.ts'

/** Secrets in any text: tokens of providers, keys, passwords. The scanner's own engine, loaded when there is a text to look at. */
export const secret: ScanRule = secretRule()

/** Our own files whose salts are random, and whose fingerprints look it. */
const RANDOM: ReadonlySet<string> = new Set([BASELINE_FILE, FINGERPRINTS_FILE])

/** What is looked for beside the rules that are built in. */
export interface OwnRules {
  readonly set: RuleSet
  /** Null for a rule that is built in. */
  describe(rule: string): RuleWords | null
}

/** The same with somebody's own rules. */
export function secretRule(own: OwnRules | null = null): ScanRule {
  return {
    finds: {},
    async judge(blob) {
      if (RANDOM.has(blob.path)) return []
      const [{ ScanText }, { traitsOf }, { detectDeep }, { allRules, describe }] = await Promise.all([
        import('../engine/scan-text.ts'),
        import('../generic/file-traits.ts'),
        import('../decode/detect-deep.ts'),
        import('../all-rules.ts'),
      ])
      const text = new ScanText(blob.bytes)
      const { detections } = await detectDeep(text, traitsOf(blob.path), own?.set ?? allRules())
      const wordsFor = (rule: string) => own?.describe(rule) ?? describe(rule)
      return Promise.all(detections.map((detection) => hitOf(detection, { blob, text, wordsFor })))
    },
  }
}

interface Found {
  readonly blob: Blob
  readonly text: ScanText
  readonly wordsFor: (rule: string) => RuleWords
}

async function hitOf(detection: Detection, { blob, text, wordsFor }: Found): Promise<Hit> {
  const { rule, start, end, severity, confidence, reasons } = detection
  const [{ previewOf }, { identityOf }] = await Promise.all([
    import('../engine/preview.ts'),
    import('../engine/identity.ts'),
  ])
  const { what, advice } = wordsFor(rule)
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
