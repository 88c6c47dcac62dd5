import type { Call, Reply, Route } from './routes.ts'
import { labelShape, repositoryShape, type Shape, userShape } from './shapes.ts'
import { type FakeRepository, nextId } from './state.ts'

export interface FakePull {
  readonly id: number
  readonly number: number
  readonly author: string
  readonly head: string
  readonly base: string
  readonly createdAt: Date
  title: string
  body: string | null
  state: 'open' | 'closed'
  updatedAt: Date
  labels: readonly string[]
}

/** The pull requests of a repository. They know branches by name alone: no git is behind them. */
export class FakePulls {
  readonly list: FakePull[] = []
  /** Branches that have nothing to merge. */
  readonly even = new Set<string>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  open(author: string, draft: Pick<FakePull, 'head' | 'base' | 'title' | 'body'>): FakePull {
    const at = this.#now()
    const { length } = this.list
    const pull: FakePull = {
      ...{ ...draft, author, id: nextId(), number: 1000 + length, createdAt: at, updatedAt: at },
      ...{ state: 'open' as const, labels: [] },
    }
    this.list.push(pull)
    return pull
  }

  edit(pull: FakePull, change: Partial<Pick<FakePull, 'title' | 'body' | 'state' | 'labels'>>): void {
    Object.assign(pull, change, { updatedAt: this.#now() })
  }
}

const PULLS = '/repos/{owner}/{repo}/pulls'

export const PULL_ROUTES: readonly Route[] = [
  { method: 'GET', template: PULLS, needs: 'pull-requests', answer: listPulls },
  { method: 'POST', template: PULLS, needs: 'pull-requests', answer: createPull },
  { method: 'PATCH', template: `${PULLS}/{pull_number}`, needs: 'pull-requests', answer: updatePull },
  {
    method: 'POST',
    template: '/repos/{owner}/{repo}/issues/{issue_number}/labels',
    needs: 'pull-requests',
    answer: addLabels,
  },
]

function listPulls({ base: url, repository, query }: Call): Reply {
  const { head, base, state = 'open' } = query
  const [owner] = repository.name.split('/')
  const found = repository.pulls.list.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (head === undefined || head === `${owner}:${pull.head}`) &&
      (base === undefined || base === pull.base),
  )
  return { items: found.toReversed().map((pull) => pullShape(url, repository, pull)) }
}

function createPull({ base: url, repository, body, login }: Call): Reply {
  const { title, body: text, head, base } = body as Record<string, string>
  const open = repository.pulls.list.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base)
  if (open) return invalid(`A pull request already exists for ${head}.`)
  if (repository.pulls.even.has(head!)) return invalid(`No commits between ${base} and ${head}`)
  const pull = repository.pulls.open(login, { title: title!, body: text ?? null, head: head!, base: base! })
  return { status: 201, body: wholeShape(url, repository, pull) }
}

function updatePull({ base: url, repository, path, body }: Call): Reply {
  const pull = repository.pulls.list.find(({ number }) => number === Number(path.pull_number))
  if (pull === undefined) return { status: 404, body: { message: 'Not Found' } }
  repository.pulls.edit(pull, body as Partial<Pick<FakePull, 'title' | 'body'>>)
  return { status: 200, body: wholeShape(url, repository, pull) }
}

function addLabels({ base: url, repository, path, body }: Call): Reply {
  const pull = repository.pulls.list.find(({ number }) => number === Number(path.issue_number))
  if (pull === undefined) return { status: 404, body: { message: 'Not Found' } }
  repository.pulls.edit(pull, { labels: [...new Set([...pull.labels, ...(body.labels as string[])])] })
  return { status: 200, body: pull.labels.map((name) => labelShape(url, repository, name)) }
}

function invalid(message: string): Reply {
  const errors = [{ resource: 'PullRequest', code: 'custom', message }]
  return { status: 422, body: { message: 'Validation Failed', errors, documentation_url: 'https://docs.github.com' } }
}

function pullShape(base: string, repository: FakeRepository, pull: FakePull): Shape {
  const url = `${base}/repos/${repository.name}/pulls/${pull.number}`
  const page = `https://github.com/${repository.name}/pull/${pull.number}`
  const [owner = ''] = repository.name.split('/')
  const end = (ref: string) => ({
    ...{ label: `${owner}:${ref}`, ref, sha: '0'.repeat(40), user: userShape(base, owner) },
    repo: wholeRepository(base, repository, pull.createdAt.toISOString()),
  })
  const links = 'comments commits statuses html issue review_comments review_comment self'.split(' ')
  return {
    ...{ id: pull.id, node_id: `PR_${pull.id}`, number: pull.number, state: pull.state, locked: false },
    ...{ title: pull.title, body: pull.body, user: userShape(base, pull.author), author_association: 'NONE' },
    labels: pull.labels.map((name) => labelShape(base, repository, name)),
    ...{ url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, issue_url: url },
    ...{ comments_url: url, commits_url: url, review_comment_url: url, review_comments_url: url, statuses_url: url },
    ...{ assignee: null, milestone: null, merge_commit_sha: null, auto_merge: null, draft: false },
    ...{ created_at: pull.createdAt.toISOString(), updated_at: pull.updatedAt.toISOString() },
    ...{ closed_at: null, merged_at: null, head: end(pull.head), base: end(pull.base) },
    _links: Object.fromEntries(links.map((name) => [name, { href: url }])),
  }
}

function wholeShape(base: string, repository: FakeRepository, pull: FakePull): Shape {
  return {
    ...pullShape(base, repository, pull),
    ...{ additions: 1, deletions: 1, changed_files: 1, comments: 0, commits: 1, review_comments: 0 },
    ...{ mergeable: null, mergeable_state: 'unknown', merged: false, merged_by: null, maintainer_can_modify: false },
  }
}

/** A pull request has its repositories with everything that is to know of them. */
function wholeRepository(base: string, repository: FakeRepository, at: string): Shape {
  const page = `https://github.com/${repository.name}`
  const [no, none] = [false, 0]
  return {
    ...repositoryShape(base, repository),
    ...{
      clone_url: `${page}.git`,
      git_url: `git://github.com/${repository.name}.git`,
      ssh_url: 'git@github.com:x/y.git',
    },
    ...{ svn_url: page, mirror_url: null, homepage: null, language: null, license: null },
    ...{ created_at: at, pushed_at: at, updated_at: at },
    ...{ has_downloads: no, has_pages: no, has_projects: no, has_wiki: no },
    ...{ forks: none, forks_count: none, open_issues: none, open_issues_count: none },
    ...{ stargazers_count: none, watchers: none, watchers_count: none },
  }
}
