import type { FailOn } from '../../core/check/fail-on.ts'
import { SealwardError } from '../../core/errors.ts'
import { type Glob, parseGlob } from '../../core/glob/glob.ts'
import { MOST_SHARDS } from '../../core/organisation/shards.ts'
import type { NameStyle } from '../../core/report/check/names.ts'
import { sayStray, strayInputs } from '../modes.ts'
import { type InputReader, openReader } from '../reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

const PARTS = ['plan', 'check', 'dashboard'] as const
const FAIL_ON: readonly FailOn[] = ['never', 'overdue', 'due']
const NAMES: readonly NameStyle[] = ['full', 'hashed', 'none']
/** Those of decrypting: this summary has no short form. */
const SUMMARY = ['names', 'counts', 'off'] as const
const LOGIN = /^(?:[A-Za-z\d][\w-]{0,99})?$/

/** The inputs of the mode `organisation`, read once. */
export interface OrganisationInputs {
  readonly part: (typeof PARTS)[number]
  /** Null for the owner of this repository. */
  readonly organisation: string | null
  readonly include: readonly Glob[]
  readonly exclude: readonly Glob[]
  readonly shard: number
  readonly failOn: FailOn
  /** Null for what fits the repository that the dashboard stands in. */
  readonly names: NameStyle | null
  /** '' for none. */
  readonly githubToken: string
  readonly key: string | null
  readonly summary: boolean
  /** Where the files of the parts before are. */
  readonly workingDirectory: string
  readonly stray: string | null
}

/** @throws SealwardError usage, naming the input */
export function readOrganisationInputs(env: Environment): OrganisationInputs {
  const read = openReader(env)
  return {
    part: read.oneOf('part', PARTS, 'plan'),
    organisation: read.matching('organisation', LOGIN, 'the name of an organisation') || null,
    include: globs(read, 'include'),
    exclude: globs(read, 'exclude'),
    shard: read.number('shard', { least: 0, most: MOST_SHARDS - 1, standard: 0 }),
    // Somebody in an organisation is always late, and nobody looks at a run that is always red.
    failOn: read.oneOf('fail-on', FAIL_ON, 'never'),
    names: read.text('names') === '' ? null : read.oneOf('names', NAMES, 'hashed'),
    githubToken: read.text('github-token'),
    key: read.text('key') || null,
    summary: read.oneOf('summary', SUMMARY, 'names') !== 'off',
    workingDirectory: read.text('working-directory') || '.',
    stray: sayStray(strayInputs(env, 'organisation'), 'organisation'),
  }
}

function globs({ words }: InputReader, name: string): Glob[] {
  return words(name).map((text) => {
    const glob = parseGlob(text)
    if (typeof glob !== 'string') return glob
    throw new SealwardError('usage', `the input ${name} has a glob that ${glob}`)
  })
}
