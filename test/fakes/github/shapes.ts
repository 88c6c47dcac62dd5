import type { FakeArtifact, FakeComment, FakeIssue, FakeJob, FakeRepository, FakeRun } from './state.ts'

/** The JSON of GitHub's answers. Most of it is addresses that nobody here follows; the description demands them. */

export type Shape = Record<string, unknown>

export function userShape(base: string, login: string): Shape {
  const url = `${base}/users/${encodeURIComponent(login)}`
  return {
    login,
    id: [...login].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 2 ** 31,
    node_id: `U_${login}`,
    gravatar_id: '',
    avatar_url: `${url}/avatar`,
    html_url: url,
    url,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
    ...urls(
      url,
      'events followers following gists organizations received_events repos starred subscriptions'.split(' '),
    ),
  }
}

export function labelShape(base: string, repository: FakeRepository, name: string): Shape {
  const { id, color, description } = repository.labels.get(name) ?? { id: 1, color: 'ededed', description: null }
  const url = `${base}/repos/${repository.name}/labels/${encodeURIComponent(name)}`
  return { id, node_id: `L_${id}`, url, name, color, description, default: false }
}

export function issueShape(base: string, repository: FakeRepository, issue: FakeIssue): Shape {
  const repositoryUrl = `${base}/repos/${repository.name}`
  const url = `${repositoryUrl}/issues/${issue.number}`
  const assignees = issue.assignees.map((login) => userShape(base, login))
  return {
    id: repository.id * 10_000 + issue.number,
    node_id: `I_${repository.id}_${issue.number}`,
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `https://github.com/${repository.name}/issues/${issue.number}`,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    user: userShape(base, issue.author),
    labels: issue.labels.map((name) => labelShape(base, repository, name)),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: false,
    comments: issue.comments.length,
    author_association: 'NONE',
    created_at: issue.createdAt.toISOString(),
    updated_at: issue.updatedAt.toISOString(),
    closed_at: issue.closedAt?.toISOString() ?? null,
    ...(issue.isPullRequest ? { pull_request: { url, html_url: url, diff_url: url, patch_url: url } } : {}),
  }
}

export function commentShape(base: string, repository: FakeRepository, issue: number, comment: FakeComment): Shape {
  const url = `${base}/repos/${repository.name}/issues/comments/${comment.id}`
  return {
    id: comment.id,
    node_id: `C_${comment.id}`,
    url,
    html_url: url,
    issue_url: `${base}/repos/${repository.name}/issues/${issue}`,
    body: comment.body,
    user: userShape(base, comment.author),
    author_association: 'NONE',
    created_at: comment.at.toISOString(),
    updated_at: comment.at.toISOString(),
  }
}

export function jobShape(base: string, repository: FakeRepository, run: FakeRun, job: FakeJob): Shape {
  const url = `${base}/repos/${repository.name}/actions/jobs/${job.id}`
  const at = run.createdAt.toISOString()
  return {
    id: job.id,
    node_id: `J_${job.id}`,
    run_id: run.id,
    run_url: `${base}/repos/${repository.name}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    head_sha: '0'.repeat(40),
    head_branch: run.branch,
    workflow_name: run.workflow,
    name: job.name,
    url,
    html_url: url,
    check_run_url: url,
    status: run.conclusion === null ? 'in_progress' : 'completed',
    conclusion: run.conclusion,
    created_at: at,
    started_at: at,
    completed_at: run.conclusion === null ? null : at,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'runner',
    runner_group_id: 1,
    runner_group_name: 'GitHub Actions',
  }
}

export function artifactShape(base: string, repository: FakeRepository, artifact: FakeArtifact): Shape {
  const url = `${base}/repos/${repository.name}/actions/artifacts/${artifact.id}`
  return {
    id: artifact.id,
    node_id: `A_${artifact.id}`,
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    created_at: null,
    expires_at: null,
    updated_at: null,
  }
}

export function runShape(base: string, repository: FakeRepository, run: FakeRun): Shape {
  const url = `${base}/repos/${repository.name}/actions/runs/${run.id}`
  return {
    id: run.id,
    node_id: `R_${run.id}`,
    name: run.workflow,
    head_branch: run.branch,
    head_sha: '0'.repeat(40),
    path: `.github/workflows/${run.workflow}`,
    run_number: 1,
    display_title: run.workflow,
    event: run.event,
    status: run.conclusion === null ? 'in_progress' : 'completed',
    conclusion: run.conclusion,
    workflow_id: 1,
    url,
    html_url: url,
    created_at: run.createdAt.toISOString(),
    updated_at: run.createdAt.toISOString(),
    head_commit: null,
    repository: repositoryShape(base, repository),
    head_repository: repositoryShape(base, repository),
    pull_requests: [],
    ...urls(url, ['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow']),
  }
}

export function repositoryShape(base: string, repository: FakeRepository): Shape {
  const [owner = '', name = ''] = repository.name.split('/')
  const url = `${base}/repos/${repository.name}`
  return {
    id: repository.id,
    node_id: `P_${repository.id}`,
    name,
    full_name: repository.name,
    owner: userShape(base, owner),
    private: repository.private,
    html_url: `https://github.com/${repository.name}`,
    url,
    description: null,
    fork: repository.fork,
    disabled: repository.disabled,
    size: repository.size,
    archived: repository.archived,
    has_issues: repository.hasIssues,
    default_branch: 'main',
    ...urls(url, REPOSITORY_URLS),
  }
}

const REPOSITORY_URLS =
  `archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads
  events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications
  pulls releases stargazers statuses subscribers subscription tags teams trees`.split(/\s+/)

function urls(base: string, names: readonly string[]): Shape {
  return Object.fromEntries(names.map((name) => [`${name}_url`, `${base}/${name}`]))
}
