import { fingerprintOf } from '../../fingerprint.ts'
import type { ScanRule } from '../../rule.ts'
import { ownFinding } from '../rule.ts'
import { OWN_SECRET } from '../words.ts'
import type { Fingerprints } from './fingerprints.ts'
import { compileIndex } from './index-search.ts'

/** Finds the values of an index of fingerprints, without a key. */
export function fingerprintsRule(fingerprints: Fingerprints): ScanRule {
  const search = compileIndex(fingerprints)
  return {
    finds: {},
    async judge({ path, bytes }) {
      const { ScanText } = await import('../../engine/scan-text.ts')
      const text = new ScanText(bytes)
      return Promise.all(
        search.find(text).map(async ({ start, end, value, form }) => ({
          finding: ownFinding({ path, text, start, form, of: search.values[value]! }),
          // What was indexed is strong: what stands there may be known by its digest.
          fingerprint: await fingerprintOf(OWN_SECRET, text.slice(start, end)),
          place: { start, end },
        })),
      )
    },
  }
}
