import type { Repositories, Repository } from '../../tasks/world/github.ts'
import type { Client } from './client/client.ts'
import { type Fields, listOf, textOf, textOrNull } from './client/fields.ts'

/** The repositories of an organisation. A job's own token sees those that are public, and its own. */
export function openRepositories(client: Client): Repositories {
  return {
    async list(organisation) {
      const parameters = { org: organisation, type: 'all', sort: 'full_name', direction: 'asc' }
      const repositories: Repository[] = []
      for await (const page of client.pages({ route: 'GET /orgs/{org}/repos', parameters, needs: 'metadata: read' }))
        repositories.push(...listOf(page).map(repositoryOf))
      return repositories
    },
  }
}

function repositoryOf(fields: Fields): Repository {
  return {
    name: textOf(fields, 'full_name'),
    private: fields.private !== false,
    archived: fields.archived === true,
    disabled: fields.disabled === true,
    fork: fields.fork === true,
    size: typeof fields.size === 'number' && fields.size > 0 ? fields.size : 0,
    hasIssues: fields.has_issues !== false,
    defaultBranch: textOrNull(fields, 'default_branch'),
  }
}
