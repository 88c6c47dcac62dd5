import type { OnConflict } from '../core/environment/plan.ts'
import { FORMATS, type Format } from '../core/render/format.ts'
import type { SummaryStyle } from '../core/report/summary.ts'
import { ALLOW_UNTRUSTED } from '../core/trust/decide.ts'
import { IF_MISSING_KEY } from '../core/trust/missing-key.ts'
import type { JobExportRequest } from '../tasks/job/export-to-job.ts'
import { MASK_SHORT } from '../tasks/steps/job/masks.ts'
import { LEDGER_WAYS } from '../tasks/world/ledger.ts'
import type { LedgerInputs } from './ledger/tell.ts'
import { sayStray, strayInputs } from './modes.ts'
import { openReader } from './reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The inputs of the mode `decrypt`, read once. */
export interface Inputs {
  readonly key: string | null
  readonly summary: SummaryStyle
  readonly workingDirectory: string
  /** To tell of inputs that do nothing here. */
  readonly stray: string | null
  /** Where it is written down what was decrypted, beside the summary; null for nowhere. */
  readonly ledger: LedgerInputs | null
  readonly request: JobExportRequest
}

const QUOTES = ['literal', 'dotenv'] as const
const ON_CONFLICT: readonly OnConflict[] = ['error', 'keep', 'replace']
const SUMMARY: readonly SummaryStyle[] = ['names', 'counts', 'off']
const LEDGER = ['summary', ...LEDGER_WAYS] as const
const PREFIX = /^(?:[A-Za-z_][A-Za-z0-9_]*)?$/

/**
 * Reads the inputs that the runner put into the environment. A value outside the stated ones is an error, never a default.
 *
 * @throws SealwardError usage, naming the input and never quoting `key`
 */
export function readInputs(env: Environment): Inputs {
  const read = openReader(env)
  const [exportEnv, onConflict, unsetPrevious] = [
    read.flag('export-env', true),
    read.oneOf('on-conflict', ON_CONFLICT, 'replace'),
    read.flag('unset-previous', false),
  ]
  const [path, format] = [read.text('export-file'), read.oneOf<Format>('export-format', FORMATS, 'dotenv')]
  const [required, by] = [read.flag('require-signature', false), read.text('signers')]
  const [way, token] = [read.oneOf('ledger', LEDGER, 'summary'), read.text('github-token')]
  const quotes = read.text('quotes') === '' ? {} : { quotes: read.oneOf('quotes', QUOTES, 'literal') }
  return {
    key: read.text('key') || null,
    summary: read.oneOf('summary', SUMMARY, 'names'),
    workingDirectory: read.text('working-directory') || '.',
    stray: sayStray(strayInputs(env, 'decrypt'), 'decrypt'),
    ledger: way === 'summary' ? null : { way, token },
    request: {
      patterns: read.lines('files', '.env.encrypted'),
      outputs: read.words('outputs'),
      environment: exportEnv ? { onConflict, unsetPrevious } : null,
      file: path === '' ? null : { path, format },
      expand: read.flag('expand', false),
      prefix: read.matching('prefix', PREFIX, 'letters, digits and underscores, not beginning with a digit'),
      only: read.words('only'),
      except: read.words('except'),
      allowNames: read.words('allow-names'),
      masks: {
        publicNames: read.words('public'),
        minLength: read.number('min-mask-length', { least: 1, most: 64, standard: 4 }),
        short: read.oneOf('mask-short', MASK_SHORT, 'warn'),
        budget: read.number('mask-budget', { least: 100, most: 20_000, standard: 2000 }),
      },
      allowUntrusted: read.oneOf('allow-untrusted', ALLOW_UNTRUSTED, 'none'),
      ifMissingKey: read.oneOf('if-missing-key', IF_MISSING_KEY, 'error'),
      signed: required ? { by: by === '' ? null : by } : null,
      ...quotes,
    },
  }
}
