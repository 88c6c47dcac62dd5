import type { Detection } from '../detection.ts'
import { findAgeIdentities } from '../rules/age-identity.ts'
import { findKeyBlocks } from '../rules/key-block.ts'
import { findKeyShares } from '../rules/key-share.ts'
import type { KeyMatch } from '../rules/private-key.ts'
import type { Finder } from './rule-set.ts'
import type { ScanText } from './scan-text.ts'

/** A begin line and as much behind it as key-block.ts reads. */
const WINDOW = 4096 + 128
const UNDER_A_PASSPHRASE = /under a passphrase/

/** Private keys for the engine, as rules/private-key.ts finds them: in decoded text too, and only where a begin line is. */
export const PRIVATE_KEYS: Finder = {
  literals: [
    '-----begin ',
    '---- begin ssh2',
    'putty-user-key-file-',
    'age-secret-key-',
    'sealward key share, version ',
  ],
  inDecoded: () => true,
  find(text, hits) {
    return regionsOf(hits, text.length).flatMap(({ from, to }) => {
      const window = text.slice(from, to)
      return [...findKeyBlocks(window), ...findAgeIdentities(window), ...findKeyShares(window)].map((match) =>
        detectionOf(text, from, match),
      )
    })
  },
}

interface Region {
  readonly from: number
  to: number
}

/** What may be read behind the hits, each part once. */
function regionsOf(hits: readonly number[], length: number): Region[] {
  const regions: Region[] = []
  for (const hit of hits) {
    const last = regions.at(-1)
    const to = Math.min(length, hit + WINDOW)
    if (last !== undefined && hit <= last.to) last.to = to
    else regions.push({ from: hit, to })
  }
  return regions
}

function detectionOf(text: ScanText, from: number, { index, message, essence }: KeyMatch): Detection {
  const start = from + index
  return {
    rule: 'private-key',
    start,
    end: essence.startsWith('AGE-SECRET-KEY-') ? start + essence.length : endOfBlock(text, start),
    severity: UNDER_A_PASSPHRASE.test(message) ? 'medium' : 'critical',
    confidence: 'high',
    shown: 0,
    reasons: [`it begins and goes on like ${message}`],
  }
}

/** Behind the line that ends a block, or as far as is read of one that has none (PuTTY, or a block cut off). */
function endOfBlock(text: ScanText, start: number): number {
  const window = text.slice(start, start + WINDOW)
  const end = /-{4,5} ?END [A-Z0-9 ]{0,80}-{4,5}|Private-MAC: [0-9a-f]+/.exec(window)
  return start + (end === null ? window.length : end.index + end[0].length)
}
