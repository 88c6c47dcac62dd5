import { openGit } from '../../adapters/git/rotation/git.ts'
import { remoteOf } from '../../adapters/git/rotation/repository.ts'
import type { IssuesWorld } from '../../tasks/steps/github/issues.ts'
import { openOwnRepository } from '../github/world.ts'

/** The issues of the repository at GitHub; `none` where they cannot be reached from here, in words for a person. */
export type OwnIssues =
  | { readonly kind: 'own'; readonly issues: IssuesWorld }
  | { readonly kind: 'none'; readonly why: string }

/** Nothing is asked of GitHub yet. @throws SealwardError git; usage for a token that is none */
export async function openOwnIssues(): Promise<OwnIssues> {
  const git = openGit(process.cwd(), process.env)
  const own = await openOwnRepository({ git, remote: await remoteOf(git) }, process.env)
  if (own.kind === 'none') return own
  const [{ openIssueComments, openIssues }, { openIssueVocabulary }] = await Promise.all([
    import('../../adapters/github/issues.ts'),
    import('../../adapters/github/vocabulary.ts'),
  ])
  const { client, name } = own
  return {
    kind: 'own',
    issues: {
      issues: openIssues(client, name),
      comments: openIssueComments(client, name),
      vocabulary: openIssueVocabulary(client, name),
    },
  }
}
