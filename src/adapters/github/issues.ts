import type { Issue, IssueChanges, IssueComments, IssueDraft, Issues } from '../../tasks/world/github.ts'
import type { Client } from './client/client.ts'
import {
  countOf,
  dateOf,
  dateOrNull,
  type Fields,
  fieldsOf,
  listOf,
  loginOf,
  textOf,
  textOrNull,
} from './client/fields.ts'
import { type RepositoryName, repositoryOf } from './client/repository-name.ts'

/** Of reading too: who lists ours writes them afterwards, and a person who adds one permission should not be told of the next. */
const needs = 'issues: write'

/** The issues of `owner/name`. Lists are never searched: GitHub's search runs behind, and two quick runs would write twice. */
export function openIssues(client: Client, repository: string): Issues {
  const at = repositoryOf(repository)
  return {
    async list(label) {
      const issues: Issue[] = []
      // Oldest first: an issue that is opened meanwhile comes at the end, and moves none from one page to the next.
      const parameters = { ...at, labels: label, state: 'all', sort: 'created', direction: 'asc' }
      const pages = client.pages({ route: 'GET /repos/{owner}/{repo}/issues', parameters, needs })
      for await (const page of pages) issues.push(...listOf(page).filter(isNoPullRequest).map(issueOf))
      return issues
    },
    create: (draft) => write(client, 'POST /repos/{owner}/{repo}/issues', { ...at, ...bodyOf(draft) }),
    update: (number, changes) =>
      write(client, 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...at,
        issue_number: number,
        ...bodyOf(changes),
      }),
  }
}

/** The comments of an issue of `owner/name`. */
export function openIssueComments(client: Client, repository: string): IssueComments {
  const at: RepositoryName = repositoryOf(repository)
  return {
    async list(issue, since) {
      const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
      const from = since === undefined ? {} : { since: since.toISOString().replace(/\.\d+Z$/, 'Z') }
      const comments: Fields[] = []
      for await (const page of client.pages({
        route,
        parameters: { ...at, ...from, issue_number: issue },
        needs,
      }))
        comments.push(...listOf(page))
      return comments.map((comment) => ({
        author: loginOf(comment, 'user'),
        body: textOrNull(comment, 'body') ?? '',
        createdAt: dateOf(comment, 'created_at'),
      }))
    },
    async add(issue, body) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
      await client.ask({ route, parameters: { ...at, issue_number: issue, body }, needs })
    },
  }
}

async function write(client: Client, route: string, parameters: Readonly<Record<string, unknown>>): Promise<Issue> {
  const { data } = await client.ask({ route, parameters, needs })
  return issueOf(fieldsOf(data))
}

function bodyOf({ stateReason, ...rest }: IssueChanges | (IssueDraft & { stateReason?: never })): object {
  return stateReason === undefined ? rest : { ...rest, state_reason: stateReason }
}

/** GitHub lists pull requests as issues. */
function isNoPullRequest(fields: Fields): boolean {
  return fields.pull_request === undefined || fields.pull_request === null
}

function issueOf(fields: Fields): Issue {
  return {
    number: countOf(fields, 'number'),
    title: textOf(fields, 'title'),
    body: textOrNull(fields, 'body') ?? '',
    state: textOf(fields, 'state') === 'closed' ? 'closed' : 'open',
    stateReason: textOrNull(fields, 'state_reason'),
    labels: labelsOf(fields),
    assignees: fields.assignees === undefined ? [] : listOf(fields, 'assignees').map((user) => textOf(user, 'login')),
    author: loginOf(fields, 'user'),
    url: textOf(fields, 'html_url'),
    updatedAt: dateOf(fields, 'updated_at'),
    closedAt: dateOrNull(fields, 'closed_at'),
  }
}

/** A label is an object, and in old answers its name alone. */
function labelsOf({ labels }: Fields): string[] {
  return (Array.isArray(labels) ? labels : []).map((label) =>
    typeof label === 'string' ? label : textOf(fieldsOf(label), 'name'),
  )
}
