import { sayStray, strayInputs } from '../modes.ts'
import { openReader } from '../reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where to look: at what the event brings, at the files as they are, or at all that ever was. */
export type Where = (typeof WHERE)[number]

/** Those of decrypting: a scan's summary has no short form. */
const SUMMARY = ['names', 'counts', 'off'] as const

const WHERE = ['auto', 'range', 'tree', 'history'] as const

/** What is looked at: the repository, or what a run left behind. */
export type Target = (typeof TARGETS)[number]

const TARGETS = ['code', 'logs', 'artifacts'] as const
const TARGET_LIST = /^(?:(?:code|logs|artifacts)(?:[\s,]+|$))*$/

/** Whether an issue is opened for what a run left behind; with the names of variables also where everybody reads it. */
const ISSUE = ['false', 'true', 'names'] as const
const RUN_ID = /^(?:[1-9]\d{0,15})?$/

/** The inputs of the mode `scan`, read once. */
export interface ScanInputs {
  readonly targets: readonly Target[]
  /** Null for the one that the event is about. */
  readonly runId: number | null
  readonly issue: (typeof ISSUE)[number]
  /** '' for none. */
  readonly githubToken: string
  readonly where: Where
  /** Not read yet: without it, sealward.yml says. */
  readonly failOn: string | undefined
  /** Null for none. */
  readonly sarifFile: string | null
  readonly summary: boolean
  /** Whether the values of encrypted files are looked for too. */
  readonly ownSecrets: boolean
  readonly key: string | null
  readonly workingDirectory: string
  /** To tell of inputs that do nothing here. */
  readonly useless: readonly string[]
}

/** @throws SealwardError usage, naming the input */
export function readScanInputs(env: Environment): ScanInputs {
  const read = openReader(env)
  const [ownSecrets, stray] = [read.flag('own-secrets', false), sayStray(strayInputs(env, 'scan'), 'scan')]
  read.matching('targets', TARGET_LIST, TARGETS.join(', '))
  const runId = read.matching('run-id', RUN_ID, 'the number of a workflow run')
  const named = read.words('targets')
  const targets = named.length === 0 ? (['code'] as const) : TARGETS.filter((target) => named.includes(target))
  const issue = read.oneOf('issue', ISSUE, 'false')
  return {
    targets,
    runId: runId === '' ? null : Number(runId),
    issue,
    githubToken: read.text('github-token'),
    where: read.oneOf('scan', WHERE, 'auto'),
    failOn: read.text('fail-on') || undefined,
    sarifFile: read.text('sarif-file') || null,
    summary: read.oneOf('summary', SUMMARY, 'names') !== 'off',
    workingDirectory: read.text('working-directory') || '.',
    ownSecrets,
    key: read.text('key') || null,
    useless: [
      ...(stray === null ? [] : [stray]),
      ...(read.text('key') !== '' && !ownSecrets ? ['key does nothing without own-secrets: true'] : []),
      ...uselessFor(targets, {
        code: [['sarif-file', read.text('sarif-file') !== '']],
        run: [
          ['run-id', runId !== ''],
          ['issue', issue !== 'false'],
        ],
      }),
    ],
  }
}

type Set = readonly (readonly [name: string, isSet: boolean])[]

function uselessFor(targets: readonly Target[], { code, run }: { readonly code: Set; readonly run: Set }): string[] {
  const without = (inputs: Set, words: string) =>
    inputs.filter(([, isSet]) => isSet).map(([name]) => `${name} does nothing without targets: ${words}`)
  return [
    ...(targets.includes('code') ? [] : without(code, 'code')),
    ...(targets.some((target) => target !== 'code') ? [] : without(run, 'logs or artifacts')),
  ]
}
