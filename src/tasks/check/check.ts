import { judgeExemptions } from '../../core/check/exemptions.ts'
import type { CheckNote, CheckReport } from '../../core/check/judged.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { CheckPolicy } from '../../core/policy/sections/check.ts'
import type { LockdownPolicy } from '../../core/policy/sections/lockdown.ts'
import { ageValues } from '../steps/ages/value-age.ts'
import { judgeCertificateFiles } from '../steps/check/certificates.ts'
import { judgeEndpoints, type Live } from '../steps/check/endpoints.ts'
import { judgeByIssuers, type OpenProbes } from '../steps/check/issuers.ts'
import { listFiles } from '../steps/check/list-files.ts'
import { judgeLockdowns } from '../steps/check/lockdown.ts'
import type { Found, Looked, SealedFile } from '../steps/check/looked.ts'
import { judgeWhoReads } from '../steps/check/recipients.ts'
import { judgeRotations } from '../steps/check/rotations.ts'
import { readSealedFiles, settlePolicy } from '../steps/check/sealed-files.ts'
import { judgeSecrets } from '../steps/check/secrets.ts'
import { judgeLeftBehind } from '../steps/check/to-do.ts'
import { countingVersions } from '../steps/check/version-progress.ts'
import { holdConfigs } from '../steps/held.ts'
import { rememberKeys } from '../steps/keys/remember-keys.ts'
import { judgeFailedOpenings } from '../steps/ledger/failed-openings.ts'
import type { FileHistory } from '../world/git/history.ts'
import type { ScanSource } from '../world/scan/source.ts'
import type { Clock, Configs, Files, Keys, Teller } from '../world.ts'

/** What is asked. All paths are from the top of the repository, with '/' separators. */
export interface CheckRequest {
  /** Files that count, and folders that stand for all below them; empty for all. A file that is named may be called anything. */
  readonly paths: readonly string[]
  /** Only files of this environment count; null for all. */
  readonly environment: string | null
  /** The moment to judge at, which need not be today. */
  readonly now: Date
}

/** Paths that go in and come out are from the top of the repository, with '/' separators: also those of `configs`. */
export interface CheckWorld {
  /** The files of the repository. */
  readonly source: ScanSource
  readonly files: Pick<Files, 'read'>
  readonly configs: Configs
  /** No place at all, or none that has a key: ages are bounds then. */
  readonly keys: Keys
  readonly history: FileHistory
  /** For a line now and then while it works: what is judged does not depend on it. */
  readonly clock: Clock
  readonly teller: Pick<Teller, 'note'>
  /** Servers that are asked over the network: without it the endpoints of sealward.yml are not, and a note says so. */
  readonly live?: Live
  /** Likewise for the issuers that sealward.yml names under `check.probes`: they are sent their own secrets. */
  readonly probes?: OpenProbes
}

export interface CheckOutcome {
  readonly report: CheckReport
  /** The section `check` of the sealward.yml at the top, with its defaults. */
  readonly settings: CheckPolicy
  /** That of the same file; null where there is none. */
  readonly lockdown: LockdownPolicy | null
}

/**
 * Judges everything in a repository that has an end or gets old: secrets in encrypted files, certificates, those who can read the files, and
 * the exemptions themselves. Only with `live` and `probes` is the network used. Without a key ages are bounds, and nothing is read out of
 * values; notes say so.
 *
 * Who asks about some of the files only is told nothing of what needs them all: how old the keys of people are, and exemptions.
 *
 * @throws SealwardError not-found when there is nothing to check or no such file or environment, policy-invalid, git, and what is wrong with
 * the file of a key that was named
 */
export async function check(request: CheckRequest, world: CheckWorld): Promise<CheckOutcome> {
  const { looked, notes, top } = await look(request, { ...world, configs: holdConfigs(world.configs) })
  const answers = [
    judgeSecrets(looked),
    await judgeCertificateFiles(looked, world),
    await judgeEndpoints(looked, world),
    await judgeByIssuers(looked, world),
    await judgeWhoReads(looked, world),
    await judgeLeftBehind(looked, world),
    await judgeRotations(looked, world),
    await judgeFailedOpenings(looked, world),
    judgeLeave(looked),
    judgeLockdowns(looked),
  ]
  const judged = answers.flatMap((answer) => answer.judged)
  const allNotes = [...notes, ...answers.flatMap((answer) => answer.notes)]
  return { report: { at: request.now, judged, notes: allNotes }, settings: top.check, lockdown: top.lockdown }
}

/** Reads everything that is asked about, once. */
async function look(
  { paths: asked, environment, now }: CheckRequest,
  world: CheckWorld,
): Promise<{ readonly looked: Looked; readonly notes: readonly CheckNote[]; readonly top: Policy }> {
  const { keys } = rememberKeys(world.keys)
  // Whoever named a file of keys wants to know now that it is not there, and not once for each encrypted file.
  for (const place of keys.places()) await place.read()
  const top = (await settlePolicy('x', world.configs)).policy
  const listed = await listFiles(world.source, asked)
  const { notes, ...read } = await readSealedFiles(listed, { ...world, keys })
  const files = inEnvironment(read.files, environment)
  const policies = [...new Set([top, ...files.map(({ policy }) => policy)])]
  if (files.length + read.others.length === 0 && policies.every(hasNoMore))
    throw new SealwardError('not-found', 'there is nothing to check: no file is named like .env.encrypted', {
      hint: 'name the files, or say under `certificates` in sealward.yml where certificates are',
    })
  const isPartial = asked.length > 0 || environment !== null
  const history = countingVersions(world.history, world)
  const aged = await ageValues({ files, now }, { history, keys })
  return {
    looked: { files, paths: listed.paths, named: read.others, policies, ages: aged.ages, environment, isPartial, now },
    notes: [...listed.notes, ...notes, ...aged.notes],
    top,
  }
}

function hasNoMore({ certificates, endpoints }: Policy): boolean {
  return certificates.length + endpoints.length === 0
}

/** @throws SealwardError not-found, with the environments that there are */
function inEnvironment(files: readonly SealedFile[], environment: string | null): readonly SealedFile[] {
  if (environment === null) return files
  const found = files.filter((file) => file.environment === environment)
  if (found.length > 0) return found
  const names = [...new Set(files.flatMap((file) => file.environment ?? []))].sort()
  throw new SealwardError('not-found', 'no encrypted file is in this environment', {
    hint:
      names.length === 0
        ? 'sealward.yml says under `environments` which files are in which'
        : `there are ${names.join(', ')}`,
  })
}

function judgeLeave({ policies, isPartial, now }: Looked): Found {
  return { judged: isPartial ? [] : policies.flatMap((policy) => judgeExemptions(policy, now)), notes: [] }
}
