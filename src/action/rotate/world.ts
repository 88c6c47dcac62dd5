import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { credentialSystems } from '../../adapters/credentials/systems.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { compareWithCommit } from '../../adapters/git/objects/commit-blob.ts'
import { openRequestMemory } from '../../adapters/git/request-memory.ts'
import { openRotationBranch } from '../../adapters/git/rotation/branch.ts'
import { openRotationLocks } from '../../adapters/git/rotation/locks.ts'
import { openRotationRepository, type RotationRepository } from '../../adapters/git/rotation/repository.ts'
import { openActors } from '../../adapters/git/settings/user.ts'
import { type Client, openClient } from '../../adapters/github/client/client.ts'
import { openPullRequest } from '../../adapters/github/pulls.ts'
import { openSecrets } from '../../adapters/github/secrets.ts'
import { keyPlaces } from '../../adapters/keys/places.ts'
import { openJobIdentity } from '../../adapters/oidc/id-token.ts'
import { openStop } from '../../adapters/process/stop.ts'
import { openVerifier } from '../../adapters/verifier/verifier.ts'
import { SealwardError } from '../../core/errors.ts'
import { type EventRepository, readEventRepository } from '../../core/job/event-repository.ts'
import { PAYLOAD_BYTES, type RunFacts, readRunFacts } from '../../core/trust/facts.ts'
import { VERSION } from '../../core/version.ts'
import type { AcceptWorld } from '../../tasks/credentials/accept-request.ts'
import type { ChooseWorld } from '../../tasks/credentials/choose-credentials.ts'
import { settlePolicy } from '../../tasks/steps/check/sealed-files.ts'
import type { Deliveries, RotateSecretWorld } from '../../tasks/steps/credential/run.ts'
import { holdConfigs, holdFiles } from '../../tasks/steps/held.ts'
import { planPush, pushSecret } from '../../tasks/steps/push/push-secret.ts'
import type { MayRotateWorld } from '../../tasks/steps/trust/may-rotate.ts'
import type { OpenSecrets } from '../../tasks/world/github-secrets.ts'
import type { Files } from '../../tasks/world.ts'
import { enterRepository } from '../repository/world.ts'
import { repositoryPage } from '../repository-page.ts'
import type { Runner } from '../world.ts'
import { openHider } from './hider.ts'
import type { RotateInputs } from './inputs.ts'

/** The world of a step that rotates. Its names of files are from the top of the repository, which the process stands in. */
export type ActionRotateWorld = RotateSecretWorld &
  ChooseWorld &
  AcceptWorld &
  MayRotateWorld & { readonly payload: Uint8Array | null }

/** Whom commits are by in a job whose git knows nobody. */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' }

/** Goes to the top of the repository. @throws SealwardError not-found, git, policy-invalid */
export async function openRotateWorld(inputs: RotateInputs, runner: Runner): Promise<ActionRotateWorld> {
  const { root, isRepository } = enterRepository(inputs.workingDirectory)
  if (!isRepository)
    throw new SealwardError('git', 'the working directory is in no git repository', {
      hint: 'actions/checkout makes one',
    })
  const files = holdFiles(openFiles({ regularOnly: true }))
  const configs = holdConfigs(openConfigsFrom(root, files))
  const hider = openHider(runner)
  const facts = await gatherFacts(files)
  const client = clientFor(inputs)
  const clock = { now: () => new Date() }
  const teller = {
    warn: (text: string) => runner.annotate('warning', text, { title: 'sealward' }),
    note: (text: string) => runner.say(`sealward: ${text}`),
  }
  const stop = openStop(() => teller.note('stops as soon as the next run can go on from there'))
  const repository = await openBranches(root, configs, stop)
  return {
    ...{ ...facts, files, configs, clock, teller, stop },
    keys: hider.over(keysFor(inputs)),
    hide: (secret) => hider.hide([secret.reveal()]),
    systems: credentialSystems(doorOf(client)),
    deliveries: deliveriesOf(repository, client),
    memory: openRequestMemory(repository),
    variables: process.env,
    locks: openRotationLocks(repository, { holder: runPage(), clock, teller }),
    verifier: openVerifier(process.env),
    history: openFileHistory(),
    actors: openActors(process.env),
    commit: {
      compare: (asked) =>
        compareWithCommit({ sha: facts.facts.sha, files: asked.map(located(root)), env: process.env }),
    },
    identity: openJobIdentity({ env: process.env, hide: (token) => runner.mask([token]) }),
  }
}

interface Facts {
  readonly facts: RunFacts
  readonly repository: EventRepository
  /** What the event brings: a request from outside is in it. */
  readonly payload: Uint8Array | null
}

/** A payload that cannot be read is none: the run is of no branch that counts then, unless a schedule started it. */
async function gatherFacts(files: Files): Promise<Facts> {
  const { GITHUB_EVENT_PATH: path } = process.env
  const payload = path ? await files.read(path, PAYLOAD_BYTES).catch(() => null) : null
  const facts = readRunFacts(process.env, payload)
  return { facts, payload, repository: readEventRepository(payload, facts) }
}

async function openBranches(
  top: string,
  configs: RotateSecretWorld['configs'],
  stop: RotateSecretWorld['stop'],
): Promise<RotationRepository> {
  const { delivery } = (await settlePolicy('x', configs)).policy.rotation
  return openRotationRepository({ top, delivery, env: process.env, author: BOT, stop })
}

function deliveriesOf(repository: RotationRepository, client: () => Client): Deliveries {
  const { mode, prefix } = repository.delivery
  const { GITHUB_REPOSITORY: own = '' } = process.env
  return {
    async open(name) {
      const branch = openRotationBranch(repository, { name, teller: null })
      return {
        branch,
        requests: {
          async ensure(request) {
            if (mode === 'commit') return null
            await branch.makeMergeable()
            const base = (await repository.base()).replace('refs/heads/', '')
            return openPullRequest(client(), own, { head: `${prefix}${name}`, base }).ensure(request)
          },
        },
      }
    },
  }
}

/** The secrets of GitHub, which the job's own token may not write: that shows when one is pushed. */
function doorOf(client: () => Client): Parameters<typeof credentialSystems>[0] {
  const secrets: OpenSecrets = async (place) => openSecrets(client(), place)
  return {
    plan: (target) => planPush(target, { secrets }),
    push: (order) => pushSecret(order, { secrets }),
    find: async ({ place, name }) => (await secrets(place)).find(name),
  }
}

/** One for all requests, so that writes keep their distance; made when the first one is. */
function clientFor({ githubToken: token }: RotateInputs): () => Client {
  const { GITHUB_API_URL: apiUrl = 'https://api.github.com' } = process.env
  let client: Client | undefined
  return () => {
    client ??= openClient({ token, apiUrl, version: VERSION, env: process.env })
    return client
  }
}

function keysFor({ key }: RotateInputs): ReturnType<typeof keyPlaces> {
  const env = key === null ? process.env : { ...process.env, SEALWARD_KEY: key }
  return keyPlaces({ env, platform: process.platform, home: homedir() })
}

function located(
  root: string,
): (file: { path: string; bytes: Uint8Array }) => { file: string; path: string; bytes: Uint8Array } {
  return ({ path, bytes }) => ({ file: path, path: resolve(root, path), bytes })
}

/** What a lock says of who has it. */
function runPage(): string {
  const { GITHUB_RUN_ID: run = '' } = process.env
  return `${repositoryPage(process.env) ?? 'a workflow'}/actions/runs/${/^\d{1,16}$/.test(run) ? run : ''}`
}
