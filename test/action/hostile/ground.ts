import { lstatSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openRepositoryAt } from '../../support/git-repository.ts'
import { newMember } from '../../support/sealing.ts'
import { type Job, startJob } from '../runner/job.ts'
import type { Variables } from '../runner/job-record.ts'
import type { StepResult } from '../runner/step.ts'
import type { HostileCase } from './case.ts'
import { CaseFolder } from './folder.ts'

/** A checkout with a folder for each case, all in the commit that the job is for. */
export interface Ground {
  readonly job: Job
  /** Runs the built Action in the folder of a case. */
  attack(hostile: HostileCase): Promise<Outcome>
}

/** What came of one attack. */
export interface Outcome {
  readonly step: StepResult
  readonly folder: CaseFolder
  /** What a case that is taken exports. */
  readonly promised: Variables
  /** What steps had exported before, and have now. */
  readonly before: Variables
  readonly after: Variables
  /** The masks that this step registered. */
  readonly masks: readonly string[]
  /** Files of the case and of the job's temporary folder that came, went or changed. */
  readonly changed: readonly string[]
  readonly milliseconds: number
}

/** Longer than any case may take, so that the case itself says so. */
const TIMEOUT_MS = 20_000

/** Builds the checkout in a job with step debug on, as whoever looks for a leak would have it. */
export async function openGround(cases: readonly HostileCase[]): Promise<Ground> {
  const member = await newMember()
  const key = member.identity.secret.reveal()
  const action = resolve('.')
  const job = await startJob({ action, secrets: { KEY: key }, runnerDebug: true, timeoutMs: TIMEOUT_MS })
  const built = new Map<HostileCase, { folder: CaseFolder; promised: Variables }>()
  for (const [index, hostile] of cases.entries()) {
    const folder = new CaseFolder(job, member, `case${index}`)
    built.set(hostile, { folder, promised: (await hostile.build(folder)) ?? {} })
  }
  job.isFor(commitAll(job.workspace))
  for (const [hostile, { folder }] of built) await hostile.plant?.(folder)
  return {
    job,
    async attack(hostile) {
      const { folder, promised } = built.get(hostile)!
      const inputs = typeof hostile.inputs === 'function' ? hostile.inputs(folder) : hostile.inputs
      const [before, masks, files] = [job.result.env, job.result.masks.length, listFiles(folder)]
      const start = performance.now()
      const given = { key, 'working-directory': folder.name, ...inputs }
      const env = hostile.env?.(folder) ?? {}
      const step = await job.uses({ id: folder.name, if: 'always()', with: given, env })
      const milliseconds = performance.now() - start
      const now = listFiles(folder)
      const changed = [...files.filter((file) => !now.includes(file)), ...now.filter((file) => !files.includes(file))]
      const after = job.result.env
      return { step, folder, promised, before, after, masks: job.result.masks.slice(masks), changed, milliseconds }
    },
  }
}

function commitAll(folder: string): string {
  const repository = openRepositoryAt(folder)
  repository.git('init', '--quiet')
  repository.git('-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false', 'add', '--all', '--force')
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', 'x')
  return repository.git('rev-parse', 'HEAD').trim()
}

/** Each with what changes when it is written. The runner's own folders below the temporary one are passed over. */
function listFiles({ path, job }: CaseFolder): string[] {
  const temp = readdirSync(job.temp).filter((name) => !name.startsWith('_') && !name.endsWith('.sh'))
  return [...walk(path), ...temp.flatMap((name) => walk(join(job.temp, name)))]
}

function walk(path: string): string[] {
  const status = lstatSync(path)
  const own = `${path} ${status.mode} ${status.size} ${status.isDirectory() ? '' : `${status.mtimeMs} ${status.ino}`}`
  return status.isDirectory() ? [own, ...readdirSync(path).flatMap((name) => walk(join(path, name)))] : [own]
}
