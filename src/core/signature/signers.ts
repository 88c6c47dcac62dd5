import { SealwardError } from '../errors.ts'
import { means } from '../glob/means.ts'
import { type PublicKey, parsePublicKey } from './ssh/public-key.ts'

/** Somebody whose signature counts: for which files, and when. Absent means no limit. */
export interface AllowedSigner {
  readonly name: string
  readonly key: PublicKey
  /** Globs relative to sealward.yml. */
  readonly paths?: readonly string[]
  /** Patterns of OpenSSH for namespaces, as they stand in an allowed_signers file. */
  readonly namespaces?: string
  /** From this moment on. */
  readonly validAfter?: Date
  /** Up to this moment, and not at it. */
  readonly validBefore?: Date
}

/** A signer as sealward.yml has it: a line of OpenSSH, or a map with more to say. Dates are days, `2027-01-31`, in UTC. */
export type SignerText =
  | string
  | {
      readonly key: string
      readonly paths?: readonly string[] | undefined
      readonly 'valid-after'?: string | undefined
      readonly 'valid-before'?: string | undefined
    }

/**
 * @param text whose globs have been checked, as a policy's are
 * @throws SealwardError policy-invalid when the key is none that can sign, or a date is none
 */
export function allowSigner(name: string, text: SignerText): AllowedSigner {
  const given = typeof text === 'string' ? { key: text } : text
  const key = parsePublicKey(given.key)
  if (typeof key === 'string') throw new SealwardError('policy-invalid', `the key of the signer ${name} ${key}`)
  const { paths, 'valid-after': after, 'valid-before': before } = given
  return {
    ...{ name, key },
    ...(paths === undefined ? {} : { paths }),
    ...(after === undefined ? {} : { validAfter: startOf(after) }),
    ...(before === undefined ? {} : { validBefore: startOf(before) }),
  }
}

/** Those who may sign a path, which is relative to sealward.yml and has '/' separators. */
export function signersOf(path: string, signers: readonly AllowedSigner[]): AllowedSigner[] {
  return signers.filter(({ paths }) => paths === undefined || paths.some((glob) => means(glob, path)))
}

/** A date that is none would compare as no limit at all. */
function startOf(day: string): Date {
  const start = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(start.getTime())) throw new SealwardError('policy-invalid', 'a signer has a date that is none')
  return start
}
