import { printableName } from '../../core/dotenv/names.ts'
import { type EnvironmentPlan, type OnConflict, planEnvironment } from '../../core/environment/plan.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Format } from '../../core/render/format.ts'
import type { AllowUntrusted } from '../../core/trust/decide.ts'
import { answerMissingKey, type IfMissingKey, whyNoSecrets } from '../../core/trust/missing-key.ts'
import { holdConfigs, holdFiles } from '../steps/held.ts'
import { type EnvironmentRequest, gatherEnvironment, type Source } from '../steps/job/environment.ts'
import type { ExportFile, PreparedFile } from '../steps/job/export-file.ts'
import { type MaskSettings, planJobMasks } from '../steps/job/masks.ts'
import { type RememberedKeys, rememberKeys } from '../steps/keys/remember-keys.ts'
import type { UnlockWorld } from '../steps/keys/unlock.ts'
import { findFiles } from '../steps/patterns.ts'
import { requireNotLockedDown } from '../steps/trust/lockdown.ts'
import { type RunPolicyWorld, requireRunAllowed } from '../steps/trust/run-policy.ts'
import type { SignedWorld } from '../steps/trust/signed.ts'
import { compareFiles, requireTrusted, type TrustWorld } from '../steps/trust/trust.ts'
import type { JobFiles } from '../world/job.ts'
import type { Finder } from '../world.ts'

export interface JobExportRequest extends Omit<EnvironmentRequest, 'target' | 'files'> {
  /** Paths or globs, one after the other; later files win. */
  readonly patterns: readonly string[]
  /** Names of variables that become outputs, as they are exported. */
  readonly outputs: readonly string[]
  /** What is done with the environment of later steps; null to leave it alone. */
  readonly environment: {
    readonly onConflict: OnConflict
    readonly unsetPrevious: boolean
  } | null
  readonly file: { readonly path: string; readonly format: Format } | null
  readonly masks: MaskSettings & { readonly publicNames: readonly string[] }
  readonly allowUntrusted: AllowUntrusted
  readonly ifMissingKey: IfMissingKey
  /** Whether every file must be signed, and by whom: an OpenSSH allowed_signers list, or null for the signers of sealward.yml. */
  readonly signed: { readonly by: string | null } | null
}

/** Everything that a step hands on, and nothing handed on yet. */
export interface JobExport {
  readonly kind: 'exported'
  /** Everything that must be hidden before a word is printed. */
  readonly masks: readonly string[]
  readonly variables: ReadonlyMap<string, string>
  readonly sources: readonly Source[]
  readonly outputs: readonly (readonly [name: string, value: string])[]
  /** Of the outputs, those that hold a hidden string: the runner drops a job output that is made of one. */
  readonly hiddenOutputs: readonly string[]
  /** Null when nothing enters the environment. */
  readonly plan: EnvironmentPlan | null
  readonly file: PreparedFile | null
}

/** A run that has no key by design. */
export interface NothingExported {
  readonly kind: 'warn' | 'skip'
  readonly message: string
}

export type JobWorld = UnlockWorld &
  Omit<TrustWorld, 'files' | 'configs'> &
  SignedWorld &
  Pick<RunPolicyWorld, 'identity'> & {
    readonly finder: Finder
    readonly jobFiles: JobFiles
    /** The environment that the step was started with. */
    readonly existing: Readonly<Record<string, string | undefined>>
    /** Whether letter case counts in names of variables. */
    readonly ignoreCase: boolean
  }

const MAX_ENTRY_BYTES = 131_072

/**
 * Opens the files that the patterns name and prepares what a job's later steps may see. Everything that can be refused is refused here,
 * in the order of docs/trust.md and docs/export.md. While git compares the files, they are opened in memory; what was opened is thrown away
 * with the run when that is refused.
 *
 * @throws SealwardError untrusted, locked-down, no-identity, limit for a value no environment can hold, not-found for a pattern that matches nothing
 * or an output that is no variable, exists for a conflict, or as gatherEnvironment
 */
export async function exportToJob(request: JobExportRequest, given: JobWorld): Promise<JobExport | NothingExported> {
  const { keys, secrets, any } = rememberKeys(given.keys)
  const world = { ...given, keys, files: holdFiles(given.files), configs: holdConfigs(given.configs) }
  const files = await findFiles(request.patterns, world.finder)
  const comparing = await compareFiles(files, world)
  if (!(await any()) && whyNoSecrets(world.facts) !== null) return withoutKey(request, world)
  const preparing = prepare({ ...request, files }, { ...world, secrets })
  preparing.catch(() => {}) // awaited below, unless there is a reason to end before
  await requireTrusted(comparing, request.allowUntrusted, world)
  await requireNotLockedDown(files, world)
  await requireRunAllowed(files, world)
  if (request.signed !== null) {
    const { requireSigned } = await import('../steps/trust/authors.ts')
    await requireSigned(files, request.signed.by, world)
  }
  return preparing
}

async function prepare(
  request: JobExportRequest & { readonly files: readonly string[] },
  world: JobWorld & Pick<RememberedKeys, 'secrets'>,
): Promise<JobExport> {
  const { files } = request
  const { variables, values, sources } = await gatherEnvironment({ ...request, target: 'job' }, world)
  if (request.environment !== null) refuseOversize(variables)
  const outputs = chooseOutputs(variables, request.outputs)
  const file = request.file === null ? null : await prepareFile({ ...request.file, variables }, world)
  const plan = planFor(request, variables, world)
  const masks = await planJobMasks({ ...request.masks, files, values, keys: world.secrets() }, world)
  const hiddenOutputs = outputs.filter(([, value]) => masks.some((mask) => value.includes(mask))).map(([name]) => name)
  return { kind: 'exported', masks, variables, sources, outputs, hiddenOutputs, plan, file }
}

async function prepareFile(file: ExportFile, { jobFiles }: JobWorld): Promise<PreparedFile> {
  const { prepareExportFile } = await import('../steps/job/export-file.ts')
  return prepareExportFile(file, jobFiles)
}

function withoutKey({ ifMissingKey }: JobExportRequest, { facts }: JobWorld): NothingExported {
  const answer = answerMissingKey(facts, ifMissingKey)
  if (answer.kind === 'fail') throw answer.error
  return answer
}

function planFor(
  { environment, allowNames = [] }: JobExportRequest,
  variables: ReadonlyMap<string, string>,
  { existing, ignoreCase }: JobWorld,
): EnvironmentPlan | null {
  return environment === null ? null : planEnvironment({ ...environment, variables, existing, allowNames, ignoreCase })
}

function chooseOutputs(variables: ReadonlyMap<string, string>, names: readonly string[]): [string, string][] {
  return names.map((name) => {
    const value = variables.get(name)
    if (value !== undefined) return [name, value]
    throw new SealwardError('not-found', `the output ${printableName(name)} is no variable of the files`, {
      hint: 'outputs takes names as they are exported, after prefix',
    })
  })
}

/** Linux starts no process with a longer `NAME=value`; every later step of the job would die. */
function refuseOversize(variables: ReadonlyMap<string, string>): void {
  for (const [name, value] of variables)
    if (Buffer.byteLength(name) + Buffer.byteLength(value) + 2 > MAX_ENTRY_BYTES)
      throw new SealwardError('limit', `${name} is too long for an environment: every later step would fail to start`, {
        hint: 'leave it out with except; another step can write it to a file: only, export-env: false and export-file',
      })
}
