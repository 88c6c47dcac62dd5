import { homedir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { openJobFiles } from '../../adapters/files/contained.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openClones } from '../../adapters/git/clone/clones.ts'
import { openRemote } from '../../adapters/git/clone/remote.ts'
import { openClient } from '../../adapters/github/client/client.ts'
import { openIssueComments, openIssues } from '../../adapters/github/issues.ts'
import { openRepositories } from '../../adapters/github/repositories.ts'
import { openIssueVocabulary } from '../../adapters/github/vocabulary.ts'
import { keyPlaces } from '../../adapters/keys/places.ts'
import { SealwardError } from '../../core/errors.ts'
import { type EventRepository, readEventRepository } from '../../core/job/event-repository.ts'
import { DOCUMENT_BYTES, readDocument } from '../../core/organisation/document.ts'
import { type OrganisationPlan, PLAN_FILE, PlanShape, shardFile } from '../../core/organisation/plan.ts'
import { type ShardDocument, ShardShape } from '../../core/organisation/shard.ts'
import { PAYLOAD_BYTES, type RunFacts, readRunFacts } from '../../core/trust/facts.ts'
import { judgeRun } from '../../core/trust/judge-run.ts'
import { VERSION } from '../../core/version.ts'
import type { CheckWorld } from '../../tasks/check/check.ts'
import type { IssuesWorld } from '../../tasks/steps/github/issues.ts'
import type { Clone, Clones } from '../../tasks/world/git/clone.ts'
import type { Repositories } from '../../tasks/world/github.ts'
import type { Clock, Files, Keys, Teller } from '../../tasks/world.ts'
import type { Runner } from '../world.ts'
import { writeReport } from '../write-report.ts'
import type { OrganisationInputs } from './inputs.ts'

/** Of a hundred repositories each: twice as many as the largest organisation that this is meant for. */
const MOST_PAGES = 200

/** The world of the parts. Of GitHub and of git nothing is asked before the first call; without a token that call throws usage. */
export interface OrganisationWorld {
  readonly organisation: string
  readonly facts: RunFacts
  /** The one that the workflow runs in, and its dashboard stands in. */
  readonly repository: EventRepository
  /** Why a key is left alone although there may be one; null where it may be used. */
  readonly withoutKey: string | null
  readonly clock: Clock
  readonly teller: Pick<Teller, 'note'>
  repositories(): Repositories
  clones(): Clones
  issues(): IssuesWorld
  /** What a check asks of a clone that this process stands in. Its policy may name servers and issuers: nobody is asked. */
  within(clone: Clone): CheckWorld
  /** @throws SealwardError not-found, io */
  readPlan(): Promise<OrganisationPlan>
  /** Of the jobs that left a report. @throws SealwardError io */
  readShards(plan: OrganisationPlan): Promise<ShardDocument[]>
  /** Writes below RUNNER_TEMP. @returns where it is */
  write(name: string, text: string): Promise<string>
}

export async function openOrganisationWorld(inputs: OrganisationInputs, runner: Runner): Promise<OrganisationWorld> {
  const { GITHUB_REPOSITORY: own = '', GITHUB_API_URL: apiUrl = 'https://api.github.com' } = process.env
  const files = openFiles({ regularOnly: true })
  const payload = await readEvent(files)
  const facts = readRunFacts(process.env, payload)
  const repository = readEventRepository(payload, facts)
  const verdict = judgeRun(facts)
  const trusted = verdict.kind === 'trusted'
  const workspace = resolve(process.env.GITHUB_WORKSPACE || '.')
  const temporary = process.env.RUNNER_TEMP || workspace
  const clock = { now: () => new Date() }
  const teller = { note: (text: string) => runner.say(`sealward: ${text}`) }
  const keys = trusted ? keysFor(inputs) : { places: () => [] }
  const { githubToken: token } = inputs
  const client = () =>
    openClient({ token, apiUrl, version: VERSION, env: process.env, bounds: { maxPages: MOST_PAGES } })
  return {
    ...{ facts, repository, clock, teller, ...documentsIn(resolve(workspace, inputs.workingDirectory), files) },
    organisation: inputs.organisation ?? own.split('/', 1)[0]!,
    withoutKey: trusted ? null : verdict.reason,
    repositories: () => openRepositories(client()),
    clones: () => openClones(remoteOf(token, runner), temporary),
    issues() {
      const asked = client()
      return {
        issues: openIssues(asked, own),
        comments: openIssueComments(asked, own),
        vocabulary: openIssueVocabulary(asked, own),
      }
    },
    within: (clone) => ({ ...clone, configs: configsOf(clone), keys, clock, teller }),
    write: (name, text) =>
      writeReport(join(temporary, name), text, openJobFiles({ roots: [temporary], cwd: workspace })),
  }
}

/** Its form in the header is no text that the runner hides by itself. */
function remoteOf(token: string, runner: Runner): ReturnType<typeof openRemote> {
  const { GITHUB_SERVER_URL: serverUrl = 'https://github.com' } = process.env
  const remote = openRemote({ serverUrl, token, env: process.env })
  runner.mask([token, Buffer.from(`x-access-token:${token}`).toString('base64')])
  return remote
}

/** As for files on disk, with names that lead nowhere. */
function configsOf({ files }: Clone): CheckWorld['configs'] {
  const top = resolve(sep)
  return openConfigsFrom(top, {
    read: (path, maxBytes) => files.read(relative(top, path).split(sep).join('/'), maxBytes),
  })
}

function keysFor({ key }: OrganisationInputs): Keys {
  const env = key === null ? process.env : { ...process.env, SEALWARD_KEY: key }
  return keyPlaces({ env, platform: process.platform, home: homedir() })
}

/** A payload that cannot be read is none: nothing is private then, and no issue is written. */
async function readEvent(files: Files): Promise<Uint8Array | null> {
  const path = process.env.GITHUB_EVENT_PATH
  return path ? files.read(path, PAYLOAD_BYTES).catch(() => null) : null
}

function documentsIn(folder: string, files: Files): Pick<OrganisationWorld, 'readPlan' | 'readShards'> {
  return {
    async readPlan() {
      const bytes = await files.read(join(folder, PLAN_FILE), DOCUMENT_BYTES)
      if (bytes !== null) return readDocument(PlanShape, bytes, PLAN_FILE)
      throw new SealwardError('not-found', 'the plan of the organisation is not there', {
        file: PLAN_FILE,
        hint: 'download the artifact of the first job, and name its folder as working-directory',
      })
    },
    async readShards({ shards }) {
      const documents: ShardDocument[] = []
      for (const shard of shards.keys()) {
        const bytes = await files.read(join(folder, shardFile(shard)), DOCUMENT_BYTES)
        if (bytes !== null) documents.push(readDocument(ShardShape, bytes, shardFile(shard)))
      }
      return documents
    },
  }
}
