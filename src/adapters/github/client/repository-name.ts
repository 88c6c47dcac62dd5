import { SealwardError } from '../../../core/errors.ts'

/** The two parameters of almost every route. */
export interface RepositoryName {
  readonly owner: string
  readonly repo: string
}

/** `owner/name`, as GITHUB_REPOSITORY has it. @throws SealwardError usage */
export function repositoryOf(name: string): RepositoryName {
  const [owner = '', repo = '', ...more] = name.split('/')
  // Dots alone would climb in the address of a request.
  const wrong = [owner, repo].some((part) => !/^[\w.-]{1,100}$/.test(part) || /^\.+$/.test(part))
  if (wrong || more.length > 0) throw new SealwardError('usage', 'a repository is written as owner/name')
  return { owner, repo }
}
