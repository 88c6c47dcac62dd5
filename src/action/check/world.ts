import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { openJobFiles } from '../../adapters/files/contained.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFolder } from '../../adapters/files/sources/folder.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import { openClient } from '../../adapters/github/client/client.ts'
import { openIssueComments, openIssues } from '../../adapters/github/issues.ts'
import { openRuns } from '../../adapters/github/runs.ts'
import { openIssueVocabulary } from '../../adapters/github/vocabulary.ts'
import { keyPlaces } from '../../adapters/keys/places.ts'
import { openWebhooks } from '../../adapters/notify/webhooks.ts'
import { type EventRepository, readEventRepository } from '../../core/job/event-repository.ts'
import { whyNotForRepository } from '../../core/job/issue-run.ts'
import { PAYLOAD_BYTES, type RunFacts, readRunFacts } from '../../core/trust/facts.ts'
import { judgeRun } from '../../core/trust/judge-run.ts'
import { VERSION } from '../../core/version.ts'
import type { CheckWorld } from '../../tasks/check/check.ts'
import type { IssuesWorld } from '../../tasks/steps/github/issues.ts'
import type { NotifyWorld } from '../../tasks/steps/github/notify.ts'
import type { Runs } from '../../tasks/world/github.ts'
import type { JobFiles } from '../../tasks/world/job.ts'
import type { Files, Keys } from '../../tasks/world.ts'
import { enterRepository } from '../repository/world.ts'
import type { Runner } from '../world.ts'
import type { CheckInputs } from './inputs.ts'

/** The world of a step that checks. Its names of files are relative to the top of the repository, which the process stands in. */
export interface ActionCheckWorld extends CheckWorld, NotifyWorld {
  readonly facts: RunFacts
  readonly repository: EventRepository
  /** Why a key is left alone although there may be one; null where it may be used. */
  readonly withoutKey: string | null
  readonly github: GitHubPorts
  /** Reports, of which the later steps of this job know. */
  readonly jobFiles: JobFiles
  readonly temporary: string
  readonly randomBytes: (count: number) => Uint8Array
}

/** GitHub, of which nothing is asked before the first call. Each throws SealwardError usage without a token, or outside of a repository's run. */
export interface GitHubPorts {
  issues(): IssuesWorld
  runs(): Runs
}

/** Goes to the top of the repository. */
export async function openCheckWorld(inputs: CheckInputs, runner: Runner): Promise<ActionCheckWorld> {
  const { workspace, folder, root, isRepository } = enterRepository(inputs.workingDirectory)
  const files = openFiles({ regularOnly: true })
  const payload = await readEvent(files)
  const facts = readRunFacts(process.env, payload)
  const verdict = judgeRun(facts)
  const repository = readEventRepository(payload, facts)
  return {
    facts,
    files,
    source: (isRepository ? await openTree(root) : null) ?? openFolder(root),
    configs: openConfigsFrom(root, files),
    history: openFileHistory(),
    keys: verdict.kind === 'trusted' ? keysFor(inputs) : { places: () => [] },
    withoutKey: verdict.kind === 'trusted' ? null : verdict.reason,
    repository,
    ...(whyNotForRepository(facts, repository) === null ? await openNetwork() : {}),
    clock: { now: () => new Date() },
    teller: { note: (text) => runner.say(text) },
    github: openGitHub(inputs),
    webhooks: openWebhooks({ env: process.env }),
    variables: process.env,
    jobFiles: openJobFiles({ roots: [process.env.RUNNER_TEMP, process.env.GITHUB_WORKSPACE], cwd: folder }),
    temporary: process.env.RUNNER_TEMP || workspace,
    randomBytes,
  }
}

/** A payload that cannot be read is none: nothing is written then, and no key is used where it would have to vouch for the commit. */
async function readEvent(files: Files): Promise<Uint8Array | null> {
  const path = process.env.GITHUB_EVENT_PATH
  return path ? files.read(path, PAYLOAD_BYTES).catch(() => null) : null
}

/** Servers and issuers, as far as sealward.yml names them: a pull request, which may change that file, asks nobody. */
async function openNetwork(): Promise<Required<Pick<CheckWorld, 'live' | 'probes'>>> {
  const { openEndpoints } = await import('../../adapters/tls/endpoints.ts')
  const { openRevocationLists } = await import('../../adapters/tls/revocation-lists.ts')
  const { openProbes } = await import('../../adapters/probes/open-probes.ts')
  return {
    live: { endpoints: openEndpoints(), lists: openRevocationLists(process.env) },
    probes: (only) => openProbes({ env: process.env, now: () => new Date(), only }),
  }
}

function keysFor({ key }: CheckInputs): Keys {
  const env = key === null ? process.env : { ...process.env, SEALWARD_KEY: key }
  return keyPlaces({ env, platform: process.platform, home: homedir() })
}

function openGitHub({ githubToken: token }: CheckInputs): GitHubPorts {
  const { GITHUB_REPOSITORY: name = '', GITHUB_API_URL: apiUrl = 'https://api.github.com' } = process.env
  const client = () => openClient({ token, apiUrl, version: VERSION, env: process.env })
  return {
    issues() {
      const own = client()
      return {
        issues: openIssues(own, name),
        comments: openIssueComments(own, name),
        vocabulary: openIssueVocabulary(own, name),
      }
    },
    runs: () => openRuns(client(), name),
  }
}
