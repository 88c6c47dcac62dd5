import { digest } from '../issues/digest.ts'

const OF_REPOSITORY = 6
const OF_FINDING = 10

/**
 * The id of a finding among those of an organisation: what begins alike is of one repository, so that an issue which remembers only ids
 * knows whether the repository was looked at. Two of 10,000 repositories may begin alike; then both have to be looked at.
 *
 * @param id within its repository
 * @returns 16 characters of lower-case hexadecimal, as every id
 */
export function organisationId(repository: string, id: string): string {
  const name = repository.toLowerCase()
  return beginningOf(repository) + digest([name, id], OF_FINDING)
}

/** What the ids of a repository begin with. GitHub does not tell names apart by case. */
export function beginningOf(repository: string): string {
  return digest([repository.toLowerCase()], OF_REPOSITORY)
}

/** What an id begins with. */
export function beginningOfId(id: string): string {
  return id.slice(0, OF_REPOSITORY)
}
