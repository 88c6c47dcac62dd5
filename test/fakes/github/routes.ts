import { PULL_ROUTES } from './pulls.ts'
import { type FakeVault, SECRET_ROUTES } from './secrets.ts'
import { artifactShape, commentShape, issueShape, jobShape, labelShape, repositoryShape, runShape } from './shapes.ts'
import type { FakeRepository, IssueEdit } from './state.ts'
import { nextId } from './state.ts'

/** What a handler is given: the request, read. */
export interface Call {
  readonly base: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly login: string
  readonly repository: FakeRepository
  readonly world: RouteWorld
}

/** What reaches beyond one repository. */
export interface RouteWorld {
  readonly repositories: ReadonlyMap<string, FakeRepository>
  /** The secrets of organisations. */
  readonly organisations: ReadonlyMap<string, FakeVault>
  /** A right to a file, as an address at the store. */
  readonly storeAddress: (content: Uint8Array) => string
  /** What the search knows: it lags behind until it is told to catch up. */
  readonly searched: (repository: FakeRepository) => readonly number[]
}

export type Reply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** A list, of which the asked-for page is sent; below `name`, with `total_count`, when there is one. */
  | { readonly items: readonly unknown[]; readonly name?: string; readonly extra?: Readonly<Record<string, unknown>> }

export interface Route {
  readonly method: string
  readonly template: string
  /** What the token needs, where the repository is private or something is written. */
  readonly needs: 'issues' | 'pull-requests' | 'actions' | 'secrets' | 'environments' | 'organization_secrets' | null
  readonly answer: (call: Call) => Reply
}

const REPOSITORY = '/repos/{owner}/{repo}'

/** Every operation that the fake has, in GitHub's own words. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', template: `${REPOSITORY}/issues`, needs: 'issues', answer: listIssues },
  { method: 'POST', template: `${REPOSITORY}/issues`, needs: 'issues', answer: createIssue },
  { method: 'PATCH', template: `${REPOSITORY}/issues/{issue_number}`, needs: 'issues', answer: updateIssue },
  { method: 'GET', template: `${REPOSITORY}/issues/{issue_number}/comments`, needs: 'issues', answer: listComments },
  { method: 'POST', template: `${REPOSITORY}/issues/{issue_number}/comments`, needs: 'issues', answer: addComment },
  { method: 'GET', template: `${REPOSITORY}/labels/{name}`, needs: 'issues', answer: getLabel },
  { method: 'POST', template: `${REPOSITORY}/labels`, needs: 'issues', answer: createLabel },
  { method: 'GET', template: `${REPOSITORY}/assignees/{assignee}`, needs: 'issues', answer: getAssignee },
  { method: 'GET', template: `${REPOSITORY}/actions/workflows/{workflow_id}/runs`, needs: 'actions', answer: listRuns },
  { method: 'GET', template: `${REPOSITORY}/actions/runs/{run_id}/jobs`, needs: 'actions', answer: listJobs },
  { method: 'GET', template: `${REPOSITORY}/actions/jobs/{job_id}/logs`, needs: 'actions', answer: getLog },
  { method: 'GET', template: `${REPOSITORY}/actions/runs/{run_id}/artifacts`, needs: 'actions', answer: listArtifacts },
  {
    method: 'GET',
    template: `${REPOSITORY}/actions/artifacts/{artifact_id}/{archive_format}`,
    needs: 'actions',
    answer: getArtifact,
  },
  ...PULL_ROUTES,
  ...SECRET_ROUTES,
  { method: 'GET', template: '/orgs/{org}/repos', needs: null, answer: listRepositories },
  { method: 'GET', template: '/search/issues', needs: null, answer: searchIssues },
]

const NOT_FOUND: Reply = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
}

function listIssues({ base, repository, query }: Call): Reply {
  const labels = query.labels?.split(',') ?? []
  const state = query.state ?? 'open'
  const found = repository.issues.filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      labels.every((label) => issue.labels.includes(label)) &&
      (query.creator === undefined || issue.author === query.creator),
  )
  const ordered = query.direction === 'asc' ? found : found.toReversed()
  return { items: ordered.map((issue) => issueShape(base, repository, issue)) }
}

function createIssue(call: Call): Reply {
  const { base, repository, body, login } = call
  const fault = faultOf(body)
  if (fault !== null) return fault
  const issue = repository.open(login, allowed(call))
  return { status: 201, body: issueShape(base, repository, issue) }
}

function updateIssue(call: Call): Reply {
  const { base, repository, path, login } = call
  const issue = repository.issue(Number(path.issue_number))
  if (issue === undefined) return NOT_FOUND
  const fault = faultOf({ title: issue.title, ...call.body })
  if (fault !== null) return fault
  repository.edit(login, issue, allowed(call))
  return { status: 200, body: issueShape(base, repository, issue) }
}

/** The largest body that GitHub keeps, in characters. */
const MOST = 65_536

function faultOf({ title, body }: Readonly<Record<string, unknown>>): Reply | null {
  if (typeof title !== 'string' || title === '') return invalid('Issue', 'title', 'missing_field')
  if (title.length > 256) return invalid('Issue', 'title', 'custom')
  return typeof body === 'string' && [...body].length > MOST ? invalid('Issue', 'body', 'custom') : null
}

function invalid(resource: string, field: string, code: string): Reply {
  const errors = [{ resource, field, code }]
  return { status: 422, body: { message: 'Validation Failed', errors, documentation_url: 'https://docs.github.com' } }
}

function allowed({ body, repository }: Call): IssueEdit {
  const { title, body: text, state, state_reason: stateReason, labels, assignees } = body
  const carried = repository.dropsSilently ? {} : { labels, assignees }
  const edit = { title, body: text, state, stateReason, ...carried }
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as IssueEdit
}

function listComments({ base, repository, path, query }: Call): Reply {
  const issue = repository.issue(Number(path.issue_number))
  if (issue === undefined) return NOT_FOUND
  const since = query.since === undefined ? 0 : Date.parse(query.since)
  const comments = issue.comments.filter(({ at }) => at.getTime() >= since)
  return { items: comments.map((comment) => commentShape(base, repository, issue.number, comment)) }
}

function addComment({ base, repository, path, body, login }: Call): Reply {
  const issue = repository.issue(Number(path.issue_number))
  if (issue === undefined) return NOT_FOUND
  const comment = repository.comment(login, issue, String(body.body))
  return { status: 201, body: commentShape(base, repository, issue.number, comment) }
}

function getLabel({ base, repository, path }: Call): Reply {
  const { name = '' } = path
  return repository.labels.has(name) ? { status: 200, body: labelShape(base, repository, name) } : NOT_FOUND
}

function createLabel({ base, repository, body }: Call): Reply {
  const name = String(body.name)
  if (repository.labels.has(name)) return invalid('Label', 'name', 'already_exists')
  if (!/^[0-9a-f]{6}$/i.test(String(body.color))) return invalid('Label', 'color', 'invalid')
  repository.labels.set(name, { id: nextId(), color: String(body.color), description: String(body.description) })
  return { status: 201, body: labelShape(base, repository, name) }
}

function getAssignee({ repository, path }: Call): Reply {
  return repository.assignable.has(path.assignee ?? '') ? { status: 204 } : NOT_FOUND
}

function listRuns({ base, repository, path, query }: Call): Reply {
  const runs = repository.runs.filter(
    (run) =>
      run.workflow === path.workflow_id &&
      (query.event === undefined || run.event === query.event) &&
      (query.branch === undefined || run.branch === query.branch),
  )
  if (!repository.runs.some((run) => run.workflow === path.workflow_id)) return NOT_FOUND
  return { name: 'workflow_runs', items: runs.toReversed().map((run) => runShape(base, repository, run)) }
}

function listJobs({ base, repository, path }: Call): Reply {
  const run = repository.runs.find(({ id }) => id === Number(path.run_id))
  if (run === undefined) return NOT_FOUND
  return { name: 'jobs', items: run.jobs.map((job) => jobShape(base, repository, run, job)) }
}

function getLog({ repository, path, world }: Call): Reply {
  const job = repository.runs.flatMap(({ jobs }) => jobs).find(({ id }) => id === Number(path.job_id))
  if (job?.log == null) return NOT_FOUND
  return { status: 302, headers: { location: world.storeAddress(job.log) } }
}

function listArtifacts({ base, repository, path }: Call): Reply {
  const run = repository.runs.find(({ id }) => id === Number(path.run_id))
  if (run === undefined) return NOT_FOUND
  return { name: 'artifacts', items: run.artifacts.map((artifact) => artifactShape(base, repository, artifact)) }
}

function getArtifact({ repository, path, world }: Call): Reply {
  const artifact = repository.runs
    .flatMap(({ artifacts }) => artifacts)
    .find(({ id }) => id === Number(path.artifact_id))
  if (artifact === undefined || path.archive_format !== 'zip') return NOT_FOUND
  if (artifact.expired) return { status: 410, body: { message: 'Artifact has expired' } }
  return { status: 302, headers: { location: world.storeAddress(artifact.zip) } }
}

function listRepositories({ base, path, world }: Call): Reply {
  const own = [...world.repositories.values()].filter(({ name }) => name.startsWith(`${path.org}/`))
  const ordered = own.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return { items: ordered.map((repository) => repositoryShape(base, repository)) }
}

/** `repo:owner/name words`: what GitHub has indexed by now. */
function searchIssues({ base, query, world }: Call): Reply {
  const [, name = '', words = ''] = /^repo:(\S+)\s*(.*)$/.exec(query.q ?? '') ?? []
  const repository = world.repositories.get(name)
  if (repository === undefined) return invalid('Search', 'q', 'invalid')
  const known = world.searched(repository)
  const found = repository.issues.filter(({ number, title }) => known.includes(number) && title.includes(words))
  const items = found.map((issue) => ({ ...issueShape(base, repository, issue), body: issue.body ?? '', score: 1 }))
  return { name: 'items', items, extra: { incomplete_results: false, search_type: 'lexical' } }
}
