import { createHash } from 'node:crypto'
import type { CheckReport, Judged } from '../../check/judged.ts'

/** How much renderings say of what things are called. */
export type NameStyle = 'full' | 'hashed' | 'none'

const CHARACTERS = 8

/**
 * The one place where names are hidden: what every rendering makes of the result cannot say them. `hashed` writes the same text for the
 * same thing in each report (`secret-1f3a09bc`), `none` its kind alone.
 *
 * A digest keeps a name from being read, not from being guessed: there is no key here to hide it with. The same holds for `id`, which stays
 * because issues and fingerprints hang on it; and files and lines stay, which tell nothing to who cannot see the repository.
 *
 * @returns the same report with other names, and the same object for `full`
 */
export function hideNames(report: CheckReport, style: NameStyle): CheckReport {
  if (style === 'full') return report
  const hide = style === 'hashed' ? hashOf : ({ kind }: Judged) => kind
  return { ...report, judged: report.judged.map((judged) => ({ ...judged, name: hide(judged) })) }
}

/** Of the thing and not of the question, so that several questions about one secret show as such. */
function hashOf({ kind, name, place }: Judged): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, place?.file ?? '', name]))
    .digest('hex')
  return `${kind}-${digest.slice(0, CHARACTERS)}`
}
