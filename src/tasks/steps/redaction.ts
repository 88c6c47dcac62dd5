import { printableName } from '../../core/dotenv/names.ts'
import { SealwardError } from '../../core/errors.ts'
import type { SecretValue } from '../../core/mask/plan.ts'
import type { Redaction } from '../../core/redact/redaction.ts'
import type { Teller } from '../world.ts'

/** What is to be hidden in a stream. */
export interface RedactionRequest {
  readonly values: readonly RedactionValue[]
  /** Names of values that are no secrets. */
  readonly publicNames: readonly string[]
  /** The keys that opened the files. */
  readonly keys: readonly string[]
}

export interface RedactionValue extends SecretValue {
  /** Whether it stands in the file unencrypted, for everybody to read. */
  readonly plain?: boolean
}

const KEY = 'the key'

/**
 * Prepares to hide values in streams, and warns of those that cannot be hidden.
 *
 * @throws SealwardError not-found for a public name that no value has
 */
export async function prepareRedaction(request: RedactionRequest, teller: Teller): Promise<Redaction> {
  const { values, publicNames, keys } = request
  const unknown = publicNames.find((name) => !values.some((one) => one.name === name))
  if (unknown !== undefined)
    throw new SealwardError('not-found', `${printableName(unknown)} was called public and is in none of the files`)
  const hidden = values.filter(({ name, plain }) => !plain && !publicNames.includes(name))
  const secrets = [...hidden, ...keys.map((value): SecretValue => ({ name: KEY, value }))]
  const { redactionOf } = await import('../../core/redact/redaction.ts')
  const redaction = redactionOf({ secrets })
  warnOf(redaction, teller)
  return redaction
}

/** Booleans and small numbers are left without a word: nobody expects `true` to be hidden. */
function warnOf({ unmasked, spentAt }: Redaction, teller: Teller): void {
  const named = (why: string) =>
    unmasked.filter((one) => one.why === why && one.name !== KEY).map(({ name }) => printableName(name))
  const [short, tooMany] = [named('short'), named('too-many')]
  if (short.length > 0) teller.warn(`too short to be hidden: ${short.join(', ')}`)
  if (tooMany.length > 0) teller.warn(`too many lines to be hidden: ${tooMany.join(', ')}`)
  if (spentAt !== null)
    teller.warn(`many secrets: the rarest forms, from ${spentAt} on, are not hidden for all of them`)
}
