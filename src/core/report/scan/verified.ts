import type { Finding, Verified } from '../../finding.ts'

const WORDS: Readonly<Record<Verified, string>> = {
  live: 'works still, says its issuer',
  dead: 'refused by its issuer',
  unknown: 'its issuer does not say',
}

/** `works still, says its issuer`, or nothing where nobody was asked. */
export function sayVerified({ verified }: Finding): readonly string[] {
  return verified === undefined ? [] : [WORDS[verified]]
}
