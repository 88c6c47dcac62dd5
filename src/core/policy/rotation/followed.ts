import { credentialAt } from '../../credential/record/place.ts'
import type { Policy } from '../policy.ts'

/**
 * The path by which a file is judged. What a rotation writes down holds the credential of another file: it is for the same people, and in the
 * same environment.
 *
 * @param path relative to sealward.yml, with '/' separators
 * @returns the path of the credential's file for such a record; every other path as it is
 */
export function followed({ rotation }: Pick<Policy, 'rotation'>, path: string): string {
  const name = credentialAt(path)
  return name === null ? path : (rotation.credentials.find((credential) => credential.name === name)?.path ?? path)
}
