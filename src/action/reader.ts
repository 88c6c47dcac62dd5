import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'

/** Reads inputs in the forms that they can have. An empty input has its standard value. All throw SealwardError usage, naming the input. */
export interface InputReader {
  text(name: string): string
  matching(name: string, form: RegExp, expected: string): string
  flag(name: string, standard: boolean): boolean
  number(name: string, range: { readonly least: number; readonly most: number; readonly standard: number }): number
  oneOf<T extends string>(name: string, choices: readonly T[], standard: T): T
  lines(name: string, standard: string): string[]
  /** Names, one a line or separated by commas or spaces. */
  words(name: string): string[]
}

export function openReader(env: Readonly<Record<string, string | undefined>>): InputReader {
  const text = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  return {
    text,
    matching(name, form, expected) {
      if (!form.test(text(name))) throw usage(name, expected)
      return text(name)
    },
    flag: (name, standard) => (text(name) === '' ? standard : readFlag(name, text(name))),
    number(name, { least, most, standard }) {
      const given = text(name)
      const number = /^\d{1,9}$/.test(given) ? Number(given) : given === '' ? standard : Number.NaN
      if (number >= least && number <= most) return number
      throw usage(name, `a whole number from ${least} to ${most}`)
    },
    oneOf(name, choices, standard) {
      const given = text(name) || standard
      const choice = choices.find((one) => one === given)
      if (choice !== undefined) return choice
      const guess = nearest(given, choices)
      throw usage(name, choices.join(', '), guess === null ? undefined : `did you mean ${guess}?`)
    },
    lines: (name, standard) =>
      (text(name) || standard)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    words: (name) =>
      text(name)
        .split(/[\s,]+/)
        .filter((word) => word !== ''),
  }
}

/** The YAML 1.2 core schema's booleans, as @actions/core accepts them. */
function readFlag(name: string, value: string): boolean {
  if (['true', 'True', 'TRUE'].includes(value)) return true
  if (['false', 'False', 'FALSE'].includes(value)) return false
  throw usage(name, 'true or false')
}

function usage(name: string, expected: string, hint?: string): SealwardError {
  return new SealwardError('usage', `the input ${name} takes ${expected}`, hint === undefined ? {} : { hint })
}
