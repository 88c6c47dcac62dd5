import { randomBytes } from 'node:crypto'
import { githubContext, hostOs, type JobFolders, runnerContext } from './host/machine.ts'
import type { JobOptions } from './job.ts'
import type { Variables } from './job-record.ts'

/**
 * The variables that the runner owns. It sets them again at each step, after everything that was exported, so exporting one of
 * these names is useless. Names of the same families that it does not own (GITHUB_TOKEN, RUNNER_FOO) do take effect.
 */
export class JobVariables {
  #github: Variables
  readonly runner: Variables
  readonly token: string
  readonly #runtimeToken = randomBytes(24).toString('base64url')
  readonly #idToken: JobOptions['idToken']

  constructor(options: JobOptions, folders: JobFolders, eventPath: string) {
    const event = { workspace: folders.workspace, eventPath, eventName: options.event?.name ?? 'push' }
    this.#github = githubContext(event, options.github ?? {})
    this.runner = runnerContext(folders, options.os ?? hostOs(), options.runnerDebug === true)
    this.token = options.token ?? `ghs_${randomBytes(18).toString('hex')}`
    this.#idToken = options.idToken
  }

  get github(): Variables {
    return this.#github
  }

  isFor(sha: string): void {
    this.#github = { ...this.#github, sha, workflow_sha: sha }
  }

  /** The tokens of the job, in every form that the runner masks before the first step. */
  tokens(): readonly string[] {
    const basic = Buffer.from(`x-access-token:${this.token}`).toString('base64')
    return [this.token, basic, this.#runtimeToken, this.#idToken?.token ?? '']
  }

  /** The variables of a `run:` step. */
  ofScript(action: string): Variables {
    return { ...this.#contexts(action, ''), ...this.#idTokenVariables() }
  }

  /** The variables of a `uses:` step: the same, and the runtime's addresses, which scripts do not get. */
  ofAction(action: string, reference: string): Variables {
    return {
      ...this.#contexts(action, reference),
      ACTIONS_RUNTIME_URL: 'http://127.0.0.1:9/runtime/',
      ACTIONS_RUNTIME_TOKEN: this.#runtimeToken,
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/results/',
      ACTIONS_CACHE_URL: 'http://127.0.0.1:9/cache/',
      ...this.#idTokenVariables(),
    }
  }

  #contexts(action: string, reference: string): Variables {
    const [repository = '', ref = ''] = reference.split('@')
    const github = { ...this.#github, action, action_repository: repository, action_ref: ref }
    return { ...asEnvironment('GITHUB', github), ...asEnvironment('RUNNER', this.runner) }
  }

  #idTokenVariables(): Variables {
    if (this.#idToken === undefined) return {}
    return { ACTIONS_ID_TOKEN_REQUEST_URL: this.#idToken.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: this.#idToken.token }
  }
}

function asEnvironment(prefix: string, context: Variables): Variables {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]))
}
