import type { ScanRule } from '../rule.ts'
import type { Fingerprints } from './keyless/fingerprints.ts'
import type { OwnValue } from './own-value.ts'

/** What is known of the repository's own values, as plain data: it can be handed to a thread, and goes nowhere else. */
export type OwnSecrets = { readonly values: readonly OwnValue[] } | { readonly fingerprints: Fingerprints }

/** The rule that finds them, to be judged by beside the others; none where nothing is known of them. */
export async function rulesOfOwn(own: OwnSecrets | null): Promise<ScanRule[]> {
  if (own === null) return []
  if ('values' in own) return [(await import('./rule.ts')).ownValuesRule(own.values)]
  return [(await import('./keyless/rule.ts')).fingerprintsRule(own.fingerprints)]
}
