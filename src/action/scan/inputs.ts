import { sayStray, strayInputs } from '../modes.ts'
import { openReader } from '../reader.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where to look: at what the event brings, at the files as they are, or at all that ever was. */
export type Where = (typeof WHERE)[number]

/** Those of decrypting: a scan's summary has no short form. */
const SUMMARY = ['names', 'counts', 'off'] as const

const WHERE = ['auto', 'range', 'tree', 'history'] as const

/** The inputs of the mode `scan`, read once. */
export interface ScanInputs {
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
  return {
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
    ],
  }
}
