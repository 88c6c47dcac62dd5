import { homedir } from 'node:os'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { openFiles } from '../adapters/files/files.ts'
import { openConfigs } from '../adapters/files/nearest.ts'
import { compareWithCommit } from '../adapters/git/objects/commit-blob.ts'
import { keyPlaces } from '../adapters/keys/places.ts'
import { openRunner, type Runner } from '../adapters/runner/runner.ts'
import { type Actor, actorOf } from '../core/ledger/actor.ts'
import { PAYLOAD_BYTES, type RunFacts, readRunFacts } from '../core/trust/facts.ts'
import { needsPayload } from '../core/trust/payload.ts'
import type { JobWorld } from '../tasks/job/export-to-job.ts'
import type { JobFiles, JobIdentity, RunCommit } from '../tasks/world/job.ts'
import type { Configs, Files } from '../tasks/world.ts'
import type { Inputs } from './inputs.ts'

export { openRunner, type Runner }

/** Something to tell once the masks are out. */
export interface Remark {
  readonly kind: 'warning' | 'notice'
  readonly text: string
}

/** The world of a decrypting step. */
export interface ActionWorld extends JobWorld {
  readonly runner: Runner
  readonly remarks: readonly Remark[]
  /** Whoever started the run; null where the environment does not say. */
  readonly actor: Actor | null
}

export async function openWorld({ workingDirectory, key, stray }: Inputs, runner: Runner): Promise<ActionWorld> {
  const workspace = process.env.GITHUB_WORKSPACE || '.'
  const root = resolve(workspace, workingDirectory)
  const remarks: Remark[] = stray === null ? [] : [{ kind: 'warning', text: stray }]
  const env = key === null ? process.env : { ...process.env, SEALWARD_KEY: key }
  const files = below(root, openFiles({ regularOnly: true }))
  const facts = await gatherFacts(files)
  return {
    files,
    facts,
    runner,
    remarks,
    actor: process.env.GITHUB_ACTOR ? actorOf({ env: process.env, name: null, email: null }) : null,
    configs: named(openConfigs(root, files, resolve(workspace)), root),
    finder: { find: async (globs) => (await import('../adapters/files/find.ts')).openFinder(root).find(globs) },
    keys: keyPlaces({ env, platform: process.platform, home: homedir() }),
    teller: {
      warn: (text) => void remarks.push({ kind: 'warning', text }),
      note: (text) => void remarks.push({ kind: 'notice', text }),
    },
    commit: commitOf(facts, root),
    jobFiles: openOwnFiles(root),
    identity: identityOf(runner),
    names: {
      nameOf: async (path) => (await import('../adapters/files/names.ts')).openSignedNames(root).nameOf(path),
    },
    clock: { now: () => new Date() },
    existing: process.env,
    ignoreCase: process.platform === 'win32',
  }
}

/** Files with secrets of this job. The code is loaded by those steps alone that have some. */
export function openOwnFiles(cwd: string): JobFiles {
  const open = async () => {
    const { openJobFiles } = await import('../adapters/files/contained.ts')
    return openJobFiles({ roots: [process.env.RUNNER_TEMP, process.env.GITHUB_WORKSPACE], cwd: resolve(cwd) })
  }
  return {
    locate: async (path) => (await open()).locate(path),
    write: async (path, bytes) => (await open()).write(path, bytes),
    remove: async (path) => (await open()).remove(path),
  }
}

/** Most events say all in the environment. A payload that cannot be read is none, which no run that needs it survives. */
async function gatherFacts(files: Files): Promise<RunFacts> {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_EVENT_PATH: path } = process.env
  const payload = path && needsPayload(event) ? await files.read(path, PAYLOAD_BYTES).catch(() => null) : null
  return readRunFacts(process.env, payload)
}

/** The token is hidden at once: nothing else has been printed then. */
function identityOf(runner: Runner): JobIdentity {
  return {
    async environment() {
      const { openJobIdentity } = await import('../adapters/oidc/id-token.ts')
      return openJobIdentity({ env: process.env, hide: (token) => runner.mask([token]) }).environment()
    },
  }
}

function commitOf({ sha }: RunFacts, root: string): RunCommit {
  return {
    async compare(files) {
      const located = files.map(({ path, bytes }) => {
        const absolute = resolve(root, path)
        return { file: shown(absolute, root), path: absolute, bytes }
      })
      return compareWithCommit({ sha, files: located, env: process.env })
    },
  }
}

/** An annotation finds its line by a path of the repository. */
function named(configs: Configs, root: string): Configs {
  return {
    async nearest(names, path) {
      const config = await configs.nearest(names, path)
      return config === null ? null : { ...config, file: shown(config.file, root) }
    },
  }
}

/** As workflows name it: relative to the working directory, where it lies below it. */
function shown(path: string, root: string): string {
  const inner = relative(root, path)
  return inner.split(sep)[0] === '..' || isAbsolute(inner) ? path : inner.split(sep).join('/')
}

/** Paths are those of the workflow: relative to the working directory. */
function below(root: string, files: Files): Files {
  return {
    read: (path, maxBytes) => files.read(resolve(root, path), maxBytes),
    write: (path, bytes, how) => files.write(resolve(root, path), bytes, how),
    locked: (path, work) => files.locked(resolve(root, path), work),
  }
}
