import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { openRepositoryAt } from '../support/git-repository.ts'
import { type Member, newMember, seal } from '../support/sealing.ts'
import { type Job, type JobOptions, startJob } from './runner/job.ts'
import type { Variables } from './runner/job-record.ts'
import type { StepResult } from './runner/step.ts'

/** A job in a checkout that has encrypted files, and the committed Action to open them with. */
export interface SealwardJob extends Job {
  readonly member: Member
  /** The private key, as a secret of the repository. */
  readonly key: string
  /** Seals a document of these variables into a file of the checkout. */
  add(file: string, variables: Variables): Promise<void>
  /** Commits the checkout, as the commit that the job is for. */
  commit(): string
  /** Commits the checkout, and runs the Action as step `load`, with the key among its inputs. */
  load(inputs?: Variables): Promise<StepResult>
  /** What the Action put into the environment of later steps, without its own list of names. */
  readonly exported: Variables
  /** What a later bash step finds in variables, byte for byte; null for one that is not there. */
  seen(names: readonly string[]): Promise<Record<string, string | null>>
}

/** Starts a job whose checkout has `.env.encrypted` with these variables. Its folders go when the test ends. */
export async function startSealwardJob(variables: Variables, options: JobOptions = {}): Promise<SealwardJob> {
  const member = await newMember()
  const key = member.identity.secret.reveal()
  const job = await startJob({
    action: resolve('.'),
    reference: 'sealward/sealward@v1',
    secrets: { KEY: key },
    ...options,
  })
  onTestFinished(() => job.remove())
  const add = async (file: string, values: Variables) => {
    const document = Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
    writeFileSync(join(job.workspace, file), await seal(document, [member]))
  }
  await add('.env.encrypted', variables)
  const own: Omit<SealwardJob, keyof Job> = {
    member,
    key,
    add,
    commit: () => {
      const sha = commitAll(job.workspace)
      job.isFor(sha)
      return sha
    },
    load: (inputs = {}) => {
      own.commit()
      return job.uses({ id: 'load', if: 'always()', with: { key, ...inputs } })
    },
    get exported() {
      const { SEALWARD_EXPORTED: _, ...variables } = job.result.env
      return variables
    },
    seen: (names) => seen(job, names),
  }
  return Object.defineProperties(job, Object.getOwnPropertyDescriptors(own)) as SealwardJob
}

function commitAll(folder: string): string {
  const repository = openRepositoryAt(folder)
  if (!existsSync(join(folder, '.git'))) repository.git('init', '--quiet')
  repository.git('-c', 'core.autocrlf=false', 'add', '--all', '--force')
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', 'x')
  return repository.git('rev-parse', 'HEAD').trim()
}

/** Base64 is what carries bytes through a shell and a log that ends lines. */
async function seen(job: Job, names: readonly string[]): Promise<Record<string, string | null>> {
  const print = (name: string) =>
    `if [ -n "\${${name}+set}" ]; then printf '%s=' ${name}; printf %s "$${name}" | base64 | tr -d '\\n'; echo; fi`
  const { stdout } = await job.run({ script: names.map(print).join('\n'), if: 'always()' })
  const found = new Map(stdout.split('\n').map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]))
  const decode = (text: string | undefined) =>
    text === undefined ? null : Buffer.from(text, 'base64').toString('utf8')
  return Object.fromEntries(names.map((name) => [name, decode(found.get(name))]))
}
