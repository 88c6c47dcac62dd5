import type { RotationRequests } from '../../tasks/world/git/rotation-branch.ts'
import type { Client } from './client/client.ts'
import { countOf, type Fields, fieldsOf, listOf, textOf, textOrNull } from './client/fields.ts'
import { type RepositoryName, repositoryOf } from './client/repository-name.ts'

/** Between which branches of one repository, by their short names. */
export interface RequestedMerge {
  readonly head: string
  readonly base: string
}

const needs = 'pull-requests: write'
const REPOSITORY = '/repos/{owner}/{repo}'
/** Put on a pull request where the repository has it. */
const LABEL = 'sealward'
/** There is one already, or nothing to merge. */
const INVALID = 422

/** The pull request of a branch in `owner/name`. One that a person closed is none: what waits in it is not done. */
export function openPullRequest(client: Client, repository: string, merge: RequestedMerge): RotationRequests {
  const at = repositoryOf(repository)
  return {
    async ensure(draft) {
      const open = await findOpen(client, at, merge)
      if (open !== null) return update(client, at, { open, draft })
      const route = `POST ${REPOSITORY}/pulls`
      const parameters = { ...at, ...merge, ...draft }
      const { status, data } = await client.ask({ route, parameters, needs, accept: [INVALID] })
      if (status === INVALID) {
        // Two runs at once, or a merge in between.
        const other = await findOpen(client, at, merge)
        return other === null ? null : update(client, at, { open: other, draft })
      }
      const made = fieldsOf(data)
      await label(client, at, countOf(made, 'number'))
      return textOf(made, 'html_url')
    },
  }
}

interface Draft {
  readonly title: string
  readonly body: string
}

async function findOpen(client: Client, at: RepositoryName, { head, base }: RequestedMerge): Promise<Fields | null> {
  const parameters = { ...at, head: `${at.owner}:${head}`, base, state: 'open' }
  const { data } = await client.ask({ route: `GET ${REPOSITORY}/pulls`, parameters, needs })
  return listOf(data)[0] ?? null
}

async function update(
  client: Client,
  at: RepositoryName,
  { open, draft }: { readonly open: Fields; readonly draft: Draft },
): Promise<string> {
  if (textOf(open, 'title') !== draft.title || textOrNull(open, 'body') !== draft.body)
    await client.ask({
      route: `PATCH ${REPOSITORY}/pulls/{pull_number}`,
      parameters: { ...at, ...draft, pull_number: countOf(open, 'number') },
      needs,
    })
  return textOf(open, 'html_url')
}

/** A help for people, and no more: a token that may not is no reason to fail. */
async function label(client: Client, at: RepositoryName, number: number): Promise<void> {
  const known = await client.ask({
    route: `GET ${REPOSITORY}/labels/{name}`,
    parameters: { ...at, name: LABEL },
    needs,
    accept: [403, 404],
  })
  if (known.status !== 200) return
  await client.ask({
    route: `POST ${REPOSITORY}/issues/{issue_number}/labels`,
    parameters: { ...at, issue_number: number, labels: [LABEL] },
    needs,
    accept: [403, 404],
  })
}
