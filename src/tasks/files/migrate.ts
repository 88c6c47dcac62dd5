import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { type ForeignKind, kindOf, outputFor } from '../../core/interchange/kind.ts'
import { dotenvKind } from '../../core/scan/rules/dotenv-name.ts'
import { type ForeignSource, openForeign } from '../steps/interchange/foreign.ts'
import type { UnlockWorld } from '../steps/keys/unlock.ts'
import { type SealWorld, sealNew } from '../steps/seal-new.ts'
import { sizeWarnings } from '../steps/size-warnings.ts'
import type { Finder } from '../world.ts'

export interface MigrateRequest extends Pick<ForeignSource, 'keyFiles' | 'environmentKeys'> {
  /** Globs of the files to look at. Empty: every file that may hold variables. */
  readonly globs: readonly string[]
  readonly recipients: readonly string[]
  /** Replaces encrypted files that are there. */
  readonly force: boolean
}

export type MigrateWorld = UnlockWorld & SealWorld & { readonly finder: Finder }

/** One file, and what becomes of it. */
export interface MigrationStep {
  readonly file: string
  readonly kind: ForeignKind
  readonly output: string
  /** `done`: it is a file of ours already. `blocked`: its output is there, or is another file's. */
  readonly state: 'open' | 'done' | 'blocked'
}

const USUAL = [
  ...['**/.env', '**/.env.*', '**/*.env', '**/*.env.*', '**/*.encrypted', '**/*.enc', '**/*.fernet'],
  ...['**/*.yaml', '**/*.yml', '**/*.json', '**/*.ini'],
]

/** Of two sources of one file the one that somebody took care to encrypt is the one that is shared. */
const RANKS: readonly ForeignKind[] = ['sealed', 'sops', 'dotenvx', 'fernet', 'plaintext']

/**
 * Looks for files of other tools, and .env files in plain text, by their content. Needs no key, and changes nothing.
 *
 * @throws SealwardError usage for a bad glob, or limit
 */
export async function planMigration(
  { globs, force }: Pick<MigrateRequest, 'globs' | 'force'>,
  { files, finder }: Pick<MigrateWorld, 'files' | 'finder'>,
): Promise<readonly MigrationStep[]> {
  const found: Omit<MigrationStep, 'state'>[] = []
  for (const file of await finder.find(globs.length > 0 ? globs : USUAL)) {
    const kind = await judge(file, files)
    if (kind !== null) found.push({ file, kind, output: kind === 'sealed' ? file : outputFor(file, kind) })
  }
  const taken = new Set<string>()
  const steps: MigrationStep[] = []
  for (const step of found.toSorted((one, other) => RANKS.indexOf(one.kind) - RANKS.indexOf(other.kind))) {
    const there = (await files.read(step.output, FILE_BYTES)) !== null
    const blocked = taken.has(step.output) || (there && !force)
    steps.push({ ...step, state: step.kind === 'sealed' ? 'done' : blocked ? 'blocked' : 'open' })
    taken.add(step.output)
  }
  return steps.toSorted((one, other) => (one.file < other.file ? -1 : 1))
}

/**
 * Carries out the open steps of a plan. Every source is opened and encrypted before the first file is written, so that a missing key
 * leaves everything as it was; the sources stay.
 *
 * @throws SealwardError no-identity, no-recipients, exists, or what is wrong with a source
 */
export async function migrate(
  steps: readonly MigrationStep[],
  request: MigrateRequest,
  world: MigrateWorld,
): Promise<void> {
  const made: { output: string; bytes: Uint8Array }[] = []
  for (const step of steps.filter(({ state }) => state === 'open'))
    made.push({ output: step.output, bytes: await convert(step, request, world) })
  for (const { output, bytes } of made)
    await world.files.locked(output, () =>
      world.files.write(output, bytes, { exists: request.force ? 'replace' : 'refuse' }),
    )
}

async function convert(step: MigrationStep, request: MigrateRequest, world: MigrateWorld): Promise<Uint8Array> {
  const { file, kind, output } = step
  const bytes = await world.files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  const { document, remarks } = await openForeign(kind, { ...request, bytes, file }, world)
  for (const remark of [...remarks, ...sizeWarnings(document)]) world.teller.warn(`${file}: ${remark}`)
  try {
    return await sealNew(document, { path: output, recipients: request.recipients }, world)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(file) : error
  }
}

/** What cannot be read, or is too large to be a file of variables, is none of ours. */
async function judge(file: string, files: MigrateWorld['files']): Promise<ForeignKind | null> {
  const bytes = await files.read(file, FILE_BYTES).catch(() => null)
  return bytes === null ? null : kindOf(bytes, isPlainName(file))
}

/** A name that says "encrypted" by another tool is not plaintext, and dotenvx's own keys are not variables. */
function isPlainName(file: string): boolean {
  return dotenvKind(file) === 'dotenv' && !/\.(?:keys|encrypted|enc|fernet|gpg|age|vault|json|ya?ml|ini)$/i.test(file)
}
