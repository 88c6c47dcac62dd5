import { SealwardError } from '../../core/errors.ts'
import type { IssueMode } from '../../core/issues/settings.ts'
import type { CheckPolicy } from '../../core/policy/sections/check.ts'
import { FILE_ENDINGS, type FileFormat, formatOfFile } from '../../core/report/check/formats.ts'
import type { NameStyle } from '../../core/report/check/names.ts'
import { sayStray, strayInputs } from '../modes.ts'
import { openReader } from '../reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

const FAIL_ON: readonly CheckPolicy['failOn'][] = ['never', 'overdue', 'due']
const ISSUES: readonly IssueMode[] = ['dashboard', 'per-finding', 'off']
const NAMES: readonly NameStyle[] = ['full', 'hashed', 'none']
/** Those of decrypting: a check's summary has no short form. */
const SUMMARY = ['names', 'counts', 'off'] as const

/** A report that somebody wants beside the one in JSON. */
export interface ReportFile {
  readonly path: string
  readonly format: FileFormat
}

/** The inputs of the mode `check`, read once. */
export interface CheckInputs {
  /** Null, here and in the next two, for what sealward.yml says. */
  readonly failOn: CheckPolicy['failOn'] | null
  readonly issues: IssueMode | null
  readonly names: NameStyle | null
  readonly reportFiles: readonly ReportFile[]
  /** '' for none. */
  readonly githubToken: string
  readonly summary: boolean
  readonly key: string | null
  readonly workingDirectory: string
  /** To tell of inputs that do nothing here. */
  readonly stray: string | null
}

/** @throws SealwardError usage, naming the input */
export function readCheckInputs(env: Environment): CheckInputs {
  const read = openReader(env)
  const given = <T extends string>(name: string, choices: readonly T[]) =>
    read.text(name) === '' ? null : read.oneOf(name, choices, choices[0]!)
  return {
    failOn: given('fail-on', FAIL_ON),
    issues: given('issues', ISSUES),
    names: given('names', NAMES),
    reportFiles: read.lines('report-files', '').map(reportFileOf),
    githubToken: read.text('github-token'),
    summary: read.oneOf('summary', SUMMARY, 'names') !== 'off',
    key: read.text('key') || null,
    workingDirectory: read.text('working-directory') || '.',
    stray: sayStray(strayInputs(env, 'check'), 'check'),
  }
}

function reportFileOf(path: string): ReportFile {
  const format = formatOfFile(path)
  if (format !== null) return { path, format }
  throw new SealwardError('usage', `the input report-files takes paths that end in ${FILE_ENDINGS.join(', ')}`)
}
