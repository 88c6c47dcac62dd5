import { printableName } from '../../../core/dotenv/names.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { MaskPlan, SecretValue } from '../../../core/mask/plan.ts'
import type { Configs, Teller } from '../../world.ts'
import { policyMentioning } from '../policy-for.ts'

/** A value of a file, which is a secret unless something says that it is none. */
export interface FileValue extends SecretValue {
  /** Whether it stands in the file unencrypted, for everybody to read. */
  readonly plain?: boolean
}

/** Which values are to be hidden. */
export interface SecretsRequest {
  readonly files: readonly string[]
  readonly values: readonly FileValue[]
  /** Names of values that are no secrets, as the files have them, beside those that sealward.yml lists. */
  readonly publicNames: readonly string[]
  /** The keys that opened the files. */
  readonly keys: readonly string[]
}

const KEY = 'the key'

/**
 * Everything to hide: the values that are secrets, and the keys.
 *
 * @throws SealwardError not-found for a public name that no value has, policy-invalid
 */
export async function listSecrets(request: SecretsRequest, configs: Configs): Promise<SecretValue[]> {
  const { files, values, publicNames, keys } = request
  const unknown = publicNames.find((name) => !values.some((one) => one.name === name))
  if (unknown !== undefined)
    throw new SealwardError('not-found', `${printableName(unknown)} was called public and is in none of the files`)
  const isListed = await publicByPolicy(files, configs)
  const hidden = values.filter(({ name, plain }) => !plain && !publicNames.includes(name) && !isListed(name))
  return [...hidden, ...keys.map((value): SecretValue => ({ name: KEY, value }))]
}

/** The section `public` of every sealward.yml that these files have. Most have none, and are not parsed. */
async function publicByPolicy(files: readonly string[], configs: Configs): Promise<(name: string) => boolean> {
  const patterns = new Set<string>()
  for (const file of files) {
    const found = await policyMentioning('public', file, configs)
    for (const pattern of found?.policy.publicNames ?? []) patterns.add(pattern)
  }
  if (patterns.size === 0) return () => false
  const { means } = await import('../../../core/glob/means.ts')
  return (name) => [...patterns].some((pattern) => means(pattern, name))
}

type Gaps = Pick<MaskPlan, 'unmasked' | 'spentAt'>

/** The names of secrets that are too short to be hidden. Booleans and small numbers are none: nobody expects `true` to be hidden. */
export function tooShort({ unmasked }: Pick<Gaps, 'unmasked'>): string[] {
  return unmasked.filter(({ why, name }) => why === 'short' && name !== KEY).map(({ name }) => printableName(name))
}

/** Warns of what is not hidden, by name. */
export function warnOfGaps(gaps: Gaps, teller: Teller): void {
  const short = tooShort(gaps)
  const tooMany = gaps.unmasked.filter(({ why }) => why === 'too-many').map(({ name }) => printableName(name))
  if (short.length > 0) teller.warn(`too short to be hidden: ${short.join(', ')}`)
  if (tooMany.length > 0) teller.warn(`too many lines to be hidden: ${tooMany.join(', ')}`)
  if (gaps.spentAt !== null)
    teller.warn(`many secrets: the rarest forms, from ${gaps.spentAt} on, are not hidden for all of them`)
}
