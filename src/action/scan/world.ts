import { randomBytes } from 'node:crypto'
import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { openJobFiles } from '../../adapters/files/contained.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openFinder } from '../../adapters/files/find.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFolder } from '../../adapters/files/sources/folder.ts'
import { openFileReader } from '../../adapters/files/sources/reader.ts'
import { checkWholeHistory, commitAt, findChange } from '../../adapters/git/sources/change.ts'
import { openCommitTree } from '../../adapters/git/sources/commit-tree.ts'
import { openCommitted, openCommittedConfigs } from '../../adapters/git/sources/committed-file.ts'
import { openHistory } from '../../adapters/git/sources/history.ts'
import { followLfs } from '../../adapters/git/sources/lfs.ts'
import { readFacts } from '../../adapters/git/sources/plumbing/facts.ts'
import { openObjectReader } from '../../adapters/git/sources/plumbing/objects.ts'
import { openAllMessages, openRevisions } from '../../adapters/git/sources/published.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import { keyPlaces } from '../../adapters/keys/places.ts'
import { openPool } from '../../adapters/workers/pool.ts'
import { type EventSubject, readEventSubject } from '../../core/job/event-change.ts'
import { isPrivate, type LookedAtRun, runToLookAt } from '../../core/job/event-run.ts'
import type { OwnRuleTexts } from '../../core/scan/custom/rules-for.ts'
import type { OwnSecrets } from '../../core/scan/own/rules-of-own.ts'
import type { ScanRule } from '../../core/scan/rule.ts'
import { PAYLOAD_BYTES, type RunFacts, readRunFacts } from '../../core/trust/facts.ts'
import type { ScanWorld } from '../../tasks/scan/scan.ts'
import { fewOrMany } from '../../tasks/steps/scan/few-or-many.ts'
import { joinReaders } from '../../tasks/steps/scan/joined-reader.ts'
import type { JobFiles } from '../../tasks/world/job.ts'
import type { Lookers } from '../../tasks/world/scan/look.ts'
import type { ScanSource } from '../../tasks/world/scan/source.ts'
import type { Configs, Files, Finder, Keys } from '../../tasks/world.ts'
import { enterRepository } from '../repository/world.ts'
import type { Runner } from '../world.ts'
import type { ScanInputs } from './inputs.ts'

/** The world of a scanning step. Its names of files are relative to the top of the repository, which the process stands in. */
export interface ActionScanWorld extends Omit<ScanWorld, 'lookers'> {
  readonly root: string
  readonly facts: RunFacts
  readonly subject: EventSubject | null
  /** Whose logs and artifacts are meant; null where nothing says. */
  readonly run: LookedAtRun | null
  /** Whether only members see what is found. */
  readonly isPrivate: boolean
  readonly sources: ActionSources
  readonly configs: Configs
  readonly finder: Finder
  readonly keys: Keys
  /** Settings as a commit has them, instead of the checkout's. */
  settingsOf(commit: string | null): Pick<ActionScanWorld, 'configs' | 'files'>
  /** Who looks by these rules, which `own` and `secrets` are part of: threads make them for themselves. */
  lookersFor(rules: readonly ScanRule[], own: OwnRuleTexts | null, secrets: OwnSecrets | null): Lookers
  /** Reports, of which the later steps of this job know. */
  readonly jobFiles: JobFiles
  readonly temporary: string
  close(): void
}

export interface ActionSources {
  /** Whether there is a repository at all. */
  readonly inRepository: boolean
  /** The files as they are on disk. */
  files(): Promise<ScanSource>
  readonly commit: (id: string) => ScanSource
  readonly change: typeof findChange
  readonly revisions: typeof openRevisions
  readonly history: () => ScanSource
  readonly messages: () => ScanSource
  readonly checkWholeHistory: typeof checkWholeHistory
  readonly commitAt: typeof commitAt
}

const MOST_THREADS = 8

/** Goes to the top of the repository. */
export async function openScanWorld(
  { workingDirectory, key, runId }: ScanInputs,
  runner: Runner,
): Promise<ActionScanWorld> {
  const { workspace, folder, root, isRepository } = enterRepository(workingDirectory)
  const common = !isRepository ? null : (await readFacts()).common
  const joined = joinReaders(openFileReader(root), openObjectReader())
  const reader = common === null ? joined : followLfs(joined, common)
  const threads = Math.min(MOST_THREADS, availableParallelism())
  const pool = (own: OwnRuleTexts | null, secrets: OwnSecrets | null) =>
    openPool({
      program: join(import.meta.dirname, 'worker.js'),
      threads,
      data: { root, common, own, secrets, archives: false },
    })
  const files = openFiles({ regularOnly: true })
  return {
    root,
    ...(await readRun(files, runId)),
    files,
    reader,
    teller: { warn: (text) => runner.annotate('warning', text), note: (text) => runner.say(text) },
    clock: { now: () => new Date() },
    randomBytes,
    sources: openSources(root, isRepository),
    configs: openConfigsFrom(root, files),
    settingsOf: (commit) => settingsOf(commit, files),
    lookersFor: (rules, own, secrets) => fewOrMany({ reader, rules }, pool(own, secrets)),
    finder: openFinder(root),
    keys: keyPlaces({
      env: key === null ? process.env : { ...process.env, SEALWARD_KEY: key },
      platform: process.platform,
      home: homedir(),
    }),
    jobFiles: openJobFiles({ roots: [process.env.RUNNER_TEMP, process.env.GITHUB_WORKSPACE], cwd: folder }),
    temporary: process.env.RUNNER_TEMP || workspace,
    close: () => reader.close(),
  }
}

/** A payload that cannot be read is none, which no run that needs it survives. */
async function readRun(
  files: Files,
  asked: number | null,
): Promise<Pick<ActionScanWorld, 'facts' | 'subject' | 'run' | 'isPrivate'>> {
  const path = process.env.GITHUB_EVENT_PATH
  const payload = path ? await files.read(path, PAYLOAD_BYTES).catch(() => null) : null
  const facts = readRunFacts(process.env, payload)
  return {
    facts,
    subject: readEventSubject(facts.event, payload),
    run: runToLookAt(payload, facts.event, { asked, current: process.env.GITHUB_RUN_ID }),
    isPrivate: isPrivate(payload),
  }
}

function openSources(root: string, inRepository: boolean): ActionSources {
  return {
    inRepository,
    files: async () => (inRepository ? await openTree(root) : null) ?? openFolder(root),
    commit: openCommitTree,
    change: findChange,
    revisions: openRevisions,
    history: openHistory,
    messages: openAllMessages,
    checkWholeHistory,
    commitAt,
  }
}

function settingsOf(commit: string | null, files: Files): Pick<ActionScanWorld, 'configs' | 'files'> {
  if (commit === null) return { configs: { nearest: async () => null }, files: { ...files, read: async () => null } }
  return { configs: openCommittedConfigs(commit), files: { ...files, ...openCommitted(commit) } }
}
