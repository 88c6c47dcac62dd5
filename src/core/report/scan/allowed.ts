import type { Allowed, AllowedBy } from '../../scan/outcome.ts'
import { amount } from '../amount.ts'
import { printablePath } from '../text.ts'
import { shorten } from './amounts.ts'

const PLACES: Readonly<Record<AllowedBy, string>> = {
  comment: 'a comment beside it',
  policy: 'sealward.yml',
  baseline: 'the baseline',
}

const MOST = 10

/** Who says that a finding may stay, and why: `by a comment beside it: REASON`. */
export function sayAllowed({ by, reason }: Allowed): string {
  return `${by === undefined ? '' : `by ${PLACES[by]}: `}${reason}`
}

/** All that was allowed, the first of them in a line each, for who reviews a change that allows its own findings. No secret is in it. */
export function listAllowed(allowed: readonly Allowed[]): string {
  const lines = allowed.slice(0, MOST).map((one) => {
    const { file, line, rule } = one.finding
    return printablePath(shorten(`${file}${line === undefined ? '' : `:${line}`} ${rule}, ${sayAllowed(one)}`, 500))
  })
  const left = allowed.length - lines.length
  return [`${amount(allowed.length, 'finding')} allowed`, ...lines, ...(left > 0 ? [`... and ${left} more`] : [])].join(
    '\n',
  )
}
