import type { ScanText } from '../engine/scan-text.ts'
import type { Hit } from '../rule.ts'
import { HOPELESS_TO_GUESS, strengthOf } from './strength.ts'

/** All that was found in one file, from the front to the back, before anything is taken away. */
export interface FileHits {
  /** As findings name it: from the top of the repository. */
  readonly file: string
  readonly text: ScanText
  readonly hits: readonly Hit[]
}

const DIGITS = 32 // 128 bits in hexadecimal
const NAME = /([A-Za-z_][A-Za-z0-9_.-]{0,99})["'\])]?\s{0,8}(?:=>|[:=])[=\s"'`([{]{0,8}$/
const REACH = 160

/**
 * The fingerprints of a file's hits as a baseline has them: HMAC-SHA256 under its salt, 128 bits.
 *
 * A baseline is published, and stays in history when the secret is long rewritten out of it. So the digest of a secret
 * is taken only where guessing is hopeless (`strengthOf`); it then knows the secret again in any file. A weaker one is known by
 * where it stands: rule, file, the name before it, and which one of that name it is. Nothing of it goes into the digest, so nothing can
 * be tried against it; the price is that another weak secret at the same place passes too. A slow hash would only make a password
 * of a dictionary cost seconds instead of nothing.
 *
 * The n-th of a name is counted over all hits of the file: give all of them, also those that are allowed otherwise.
 *
 * @returns one for each hit; null for a hit about a whole file, which is allowed by path in sealward.yml
 */
export async function baselineFingerprints(found: FileHits, salt: Uint8Array): Promise<(string | null)[]> {
  const { createHmac } = await import('node:crypto')
  const digest = (...parts: string[]) =>
    createHmac('sha256', salt).update(parts.join('\0')).digest('hex').slice(0, DIGITS)
  const counts = new Map<string, number>()
  return found.hits.map(({ finding: { rule }, fingerprint, place }) => {
    if (place === undefined) return null
    if (strengthOf(found.text.slice(place.start, place.end)) >= HOPELESS_TO_GUESS) return digest('secret', fingerprint)
    const where = ['place', rule, found.file, nameBefore(found, place.start)]
    const count = counts.get(where.join('\0')) ?? 0
    counts.set(where.join('\0'), count + 1)
    return digest(...where, String(count))
  })
}

/** The name that a value is given to; '' when there is none, or when what looks like one belongs to a secret itself. */
function nameBefore({ text, hits }: FileHits, start: number): string {
  const from = Math.max(text.lineStart(start), start - REACH)
  const match = NAME.exec(text.slice(from, start))
  if (match?.[1] === undefined) return ''
  const begin = from + match.index
  const end = begin + match[1].length
  return hits.some(({ place }) => place !== undefined && place.start < end && begin < place.end) ? '' : match[1]
}
