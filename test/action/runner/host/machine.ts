import { access, constants, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { arch, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { RunnerOs } from '../model/file-grammar.ts'

/** The event that started the workflow run; its payload becomes the file at GITHUB_EVENT_PATH. */
export interface JobEvent {
  readonly name: string
  readonly payload?: unknown
}

/** The folders of one job. All of them are under `root`, the workspace only when the test did not bring its own. */
export interface JobFolders {
  readonly root: string
  readonly workspace: string
  readonly temp: string
  readonly home: string
  readonly actions: string
  readonly tools: string
}

/** Makes the folders of a job under the system's temporary folder. */
export async function makeFolders(workspace: string | undefined): Promise<JobFolders> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'runner-')))
  const folders = {
    root,
    workspace: workspace ?? join(root, 'work', 'example', 'example'),
    temp: join(root, 'work', '_temp'),
    home: join(root, 'home'),
    actions: join(root, 'work', '_actions'),
    tools: join(root, 'tools'),
  }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true })
  return folders
}

/** Writes the event's payload where the runner does. Returns the file. */
export async function writeEvent(temp: string, event: JobEvent): Promise<string> {
  const folder = join(temp, '_github_workflow')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'event.json')
  await writeFile(file, JSON.stringify(event.payload ?? {}, null, 2))
  return file
}

/**
 * The part of the `github` context that is the same for every step, by its context names: `sha` becomes GITHUB_SHA. Names and
 * numbers are those of an example repository; `overrides` sets what a test cares about.
 */
export function githubContext(
  place: { readonly workspace: string; readonly eventPath: string; readonly eventName: string },
  overrides: Readonly<Record<string, string>>,
): Record<string, string> {
  const repository = overrides.repository ?? 'octo-org/example'
  const ref = overrides.ref ?? 'refs/heads/main'
  const sha = overrides.sha ?? '0123456789abcdef0123456789abcdef01234567'
  return {
    actor: 'octocat',
    actor_id: '583231',
    api_url: 'https://api.github.com',
    base_ref: '',
    event_name: place.eventName,
    event_path: place.eventPath,
    graphql_url: 'https://api.github.com/graphql',
    head_ref: '',
    job: 'build',
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_protected: 'false',
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: '1296269',
    repository_owner: repository.split('/')[0] as string,
    repository_owner_id: '9919',
    retention_days: '90',
    run_attempt: '1',
    run_id: '1658821493',
    run_number: '1',
    server_url: 'https://github.com',
    sha,
    triggering_actor: 'octocat',
    workflow: 'CI',
    workflow_ref: `${repository}/.github/workflows/ci.yml@${ref}`,
    workflow_sha: sha,
    workspace: place.workspace,
    ...overrides,
  }
}

/** The `runner` context, by its context names: `temp` becomes RUNNER_TEMP. */
export function runnerContext(folders: JobFolders, os: RunnerOs, debug: boolean): Record<string, string> {
  return {
    os: { linux: 'Linux', macos: 'macOS', windows: 'Windows' }[os],
    arch: arch() === 'arm64' ? 'ARM64' : 'X64',
    name: 'emulator',
    environment: 'github-hosted',
    temp: folders.temp,
    tool_cache: folders.tools,
    workspace: join(folders.root, 'work', 'example'),
    ...(debug ? { debug: '1' } : {}),
  }
}

// What a program needs of the machine to start at all. Everything else of the test's own environment stays out of the job.
const MACHINE = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP']

/** The environment of the runner program itself, which its steps inherit. The home folder is an empty one. */
export function machineEnv(home: string): Record<string, string> {
  const env: Record<string, string> = { HOME: home, USERPROFILE: home }
  for (const name of MACHINE) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

/** The operating system the tests run on, in the runner's terms. */
export function hostOs(): RunnerOs {
  if (process.platform === 'win32') return 'windows'
  return process.platform === 'darwin' ? 'macos' : 'linux'
}

/** Looks a program up in a search path, as the runner does before it starts a shell. Throws when it is nowhere. */
export async function findProgram(name: string, path: readonly string[]): Promise<string> {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  for (const folder of path.join(delimiter).split(delimiter)) {
    const candidate = join(folder, file)
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (folder !== '' && found) return candidate
  }
  throw new Error(`${name}: command not found`)
}
