import { SealwardError } from '../errors.ts'
import type { Target } from './target.ts'

/** Options of one driver, by name; undefined for what was left out. */
export type DriverOptions<Name extends string> = Readonly<Partial<Record<Name, string>>>

/**
 * Reads the options that a driver knows. A misspelt one would otherwise be a wish that nobody fulfils.
 *
 * @throws SealwardError policy-invalid for an option that the driver does not know
 */
export function readOptions<Name extends string>(target: Target, known: readonly Name[]): DriverOptions<Name> {
  const { driver, options } = target
  if (Object.keys(options).some((name) => !(known as readonly string[]).includes(name)))
    throw new SealwardError('policy-invalid', `the driver ${driver} has an option that it does not know`, {
      hint: known.length === 0 ? 'it has no options' : `it knows ${known.join(', ')}`,
    })
  return options as DriverOptions<Name>
}

/**
 * One of a few words, or the first of them when the option was left out.
 *
 * @throws SealwardError policy-invalid for any other
 */
export function wordOf<Word extends string>(name: string, given: string | undefined, words: readonly Word[]): Word {
  const word = given === undefined ? words[0] : words.find((one) => one === given)
  if (word === undefined)
    throw new SealwardError('policy-invalid', `the option ${name} has a value that it cannot have`, {
      hint: `it is one of ${words.join(', ')}`,
    })
  return word
}
