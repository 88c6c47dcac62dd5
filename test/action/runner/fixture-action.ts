import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Job, type JobOptions, startJob } from './job.ts'

/** A tiny action: CommonJS for its scripts, and YAML for what action.yml says of inputs. */
export interface FixtureAction {
  readonly main: string
  readonly post?: string
  readonly postIf?: string
  readonly inputs?: string
  readonly using?: string
}

/** Writes an action to a folder of its own, which is deleted after the test. Returns the folder. */
export async function writeAction({ main, post, postIf, inputs, using }: FixtureAction): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fixture-action-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const runs = [
    `using: ${using ?? 'node24'}`,
    'main: dist/main.js',
    ...(post === undefined ? [] : ['post: dist/post.js']),
    ...(postIf === undefined ? [] : [`post-if: ${postIf}`]),
  ]
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'action.yml'), `name: fixture\n${inputs ?? ''}\nruns:\n  ${runs.join('\n  ')}\n`)
  await writeFile(join(folder, 'dist', 'main.js'), main)
  if (post !== undefined) await writeFile(join(folder, 'dist', 'post.js'), post)
  return folder
}

/** Starts a job whose folders are deleted after the test. */
export async function startTestJob(options: JobOptions = {}): Promise<Job> {
  const job = await startJob(options)
  onTestFinished(() => job.remove())
  return job
}
