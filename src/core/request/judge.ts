import type { RotationRequest } from './request.ts'
import type { RequestVerdict } from './verdict.ts'

/** What is true here, where the request claims something. Null for what is not known, which nothing fits. */
export interface Circumstances {
  /** The number of this repository. */
  readonly repository: string | null
  /** The ref of the run. */
  readonly ref: string
  /** The file of the credential of that name, as sealward.yml has it; null where it has none. */
  readonly path: string | null
  /** SHA-256 of that file as it is committed. */
  readonly version: string | null
}

/** Judges whether a request is for this repository, as it is now. */
export function judgeRequest(
  request: RotationRequest,
  { repository, ref, path, version }: Circumstances,
): RequestVerdict {
  if (request.repository !== repository) return { kind: 'wrong-repository' }
  if (request.ref !== ref) return { kind: 'wrong-ref' }
  if (path === null || request.path !== path) return { kind: 'wrong-secret' }
  return request.version === version ? { kind: 'ok', request } : { kind: 'wrong-version' }
}
