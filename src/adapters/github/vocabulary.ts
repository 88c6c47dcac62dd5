import { SealwardError } from '../../core/errors.ts'
import type { IssueVocabulary } from '../../tasks/world/github.ts'
import type { Client } from './client/client.ts'
import type { OctokitAnswer } from './client/octokit.ts'
import { repositoryOf } from './client/repository-name.ts'

/** The labels and the people of `owner/name`. */
export function openIssueVocabulary(client: Client, repository: string): IssueVocabulary {
  const at = repositoryOf(repository)
  return {
    async ensureLabel({ name, color, description }) {
      const known = await client.ask({
        route: 'GET /repos/{owner}/{repo}/labels/{name}',
        parameters: { ...at, name },
        needs: 'issues: write',
        accept: [404],
      })
      if (known.status !== 404) return 'there'
      const made = await client.ask({
        route: 'POST /repos/{owner}/{repo}/labels',
        parameters: { ...at, name, color, description },
        needs: 'issues: write',
        accept: [422],
      })
      if (made.status === 201) return 'made'
      if (isThere(made)) return 'there'
      throw new SealwardError('io', 'GitHub finds the label invalid (422)')
    },
    async assignable(login) {
      const { status } = await client.ask({
        route: 'GET /repos/{owner}/{repo}/assignees/{assignee}',
        parameters: { ...at, assignee: login },
        needs: 'issues: write',
        accept: [404],
      })
      return status === 204
    },
  }
}

/** Another run made it in between. */
function isThere({ data }: OctokitAnswer): boolean {
  const { errors } = data as { readonly errors?: readonly { readonly code?: unknown }[] }
  return Array.isArray(errors) && errors.some(({ code }) => code === 'already_exists')
}
