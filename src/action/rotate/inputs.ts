import { SealwardError } from '../../core/errors.ts'
import type { CredentialsRequest } from '../../tasks/credentials/choose-credentials.ts'
import { sayStray, strayInputs } from '../modes.ts'
import { openReader } from '../reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Those of decrypting: a rotation's summary has no short form. */
const SUMMARY = ['names', 'counts', 'off'] as const

/** The inputs of the mode `rotate`, read once. */
export interface RotateInputs {
  readonly wanted: CredentialsRequest
  readonly dryRun: boolean
  readonly emergency: boolean
  /** '' for none. */
  readonly githubToken: string
  readonly summary: boolean
  readonly key: string | null
  readonly workingDirectory: string
  /** To tell of inputs that do nothing here. */
  readonly stray: string | null
}

/** @throws SealwardError usage, naming the input */
export function readRotateInputs(env: Environment): RotateInputs {
  const read = openReader(env)
  const [names, emergency] = [read.words('credentials'), read.flag('emergency', false)]
  if (emergency && names.length === 0)
    throw new SealwardError('usage', 'the input emergency goes with names of credentials', {
      hint: 'whoever still has the old login of one fails at once; that is not meant for all of them',
    })
  return {
    // An emergency does not ask for how old a value is.
    wanted: {
      names,
      environment: read.text('environment') || null,
      onlyDue: read.flag('only-due', true) && !emergency,
    },
    emergency,
    dryRun: read.flag('dry-run', false),
    githubToken: read.text('github-token'),
    summary: read.oneOf('summary', SUMMARY, 'names') !== 'off',
    key: read.text('key') || null,
    workingDirectory: read.text('working-directory') || '.',
    stray: sayStray(strayInputs(env, 'rotate'), 'rotate'),
  }
}
