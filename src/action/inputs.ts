import type { Quotes } from '../core/envelope/decrypt.ts'
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The inputs of action.yml, read once. */
export interface Inputs {
  readonly mode: 'decrypt'
  readonly files: readonly string[]
  readonly key: string | null
  readonly exportEnv: boolean
  readonly outputs: readonly string[]
  readonly prefix: string
  readonly only: readonly string[]
  readonly except: readonly string[]
  readonly allowNames: readonly string[]
  /** null: as sealward.yml says. */
  readonly quotes: Quotes | null
  readonly workingDirectory: string
}

const MODES = ['decrypt'] as const
const QUOTES = ['literal', 'dotenv'] as const
const PREFIX = /^(?:[A-Za-z_][A-Za-z0-9_]*)?$/

/**
 * Reads the inputs that the runner put into the environment. A value outside the stated ones is an error, never a default.
 *
 * @throws SealwardError usage, naming the input and never quoting `key`
 */
export function readInputs(env: Environment): Inputs {
  const read = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  const prefix = read('prefix')
  if (!PREFIX.test(prefix)) throw usage('prefix', 'letters, digits and underscores, not beginning with a digit')
  return {
    mode: oneOf('mode', read('mode') || 'decrypt', MODES),
    files: lines(read('files') || '.env.encrypted'),
    key: read('key') || null,
    exportEnv: flag('export-env', read('export-env') || 'true'),
    outputs: words(read('outputs')),
    prefix,
    only: words(read('only')),
    except: words(read('except')),
    allowNames: words(read('allow-names')),
    quotes: read('quotes') === '' ? null : oneOf('quotes', read('quotes'), QUOTES),
    workingDirectory: read('working-directory') || '.',
  }
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Names, one a line or separated by commas or spaces. */
function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value)
  if (choice !== undefined) return choice
  const guess = nearest(value, choices)
  throw usage(name, choices.join(', '), guess === null ? undefined : `did you mean ${guess}?`)
}

/** The YAML 1.2 core schema's booleans, as @actions/core accepts them. */
function flag(name: string, value: string): boolean {
  if (['true', 'True', 'TRUE'].includes(value)) return true
  if (['false', 'False', 'FALSE'].includes(value)) return false
  throw usage(name, 'true or false')
}

function usage(name: string, expected: string, hint?: string): SealwardError {
  return new SealwardError('usage', `the input ${name} takes ${expected}`, hint === undefined ? {} : { hint })
}
