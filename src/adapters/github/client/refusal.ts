import { SealwardError } from '../../../core/errors.ts'
import type { OctokitAnswer } from './octokit.ts'

/** A key of a workflow's `permissions:`, or a permission that a job's own token cannot have, with the least that a request needs. */
export type Permission =
  | 'contents: write'
  | 'pull-requests: write'
  | 'issues: write'
  | 'actions: read'
  | 'metadata: read'
  | 'secrets: write'
  | 'environments: write'
  | 'organization_secrets: write'

/** What people see where they make a token, by what no workflow can give its job. */
const OF_A_TOKEN: Partial<Readonly<Record<Permission, string>>> = {
  'secrets: write': 'the repository permission "Secrets: read and write"',
  'environments: write': 'the repository permission "Environments: read and write"',
  'organization_secrets: write': 'the organization permission "Secrets: read and write"',
}

export interface Asked {
  /** The host that was asked. */
  readonly host: string
  readonly needs: Permission
}

/**
 * What a failed request means for whoever set the token. GitHub's own words are read and never passed on; neither is anything of the
 * request.
 *
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function refusalOf(error: unknown, asked: Asked): SealwardError {
  if (error instanceof SealwardError) return error
  const { response } = error as { readonly response?: OctokitAnswer }
  return response === undefined ? unreachable(error, asked) : judge(response, asked)
}

function judge(answer: OctokitAnswer, asked: Asked): SealwardError {
  const { status } = answer
  if (status === 401) return tokenRefused()
  if (status === 403 || status === 429) return rateLimit(answer) ?? forbidden(answer, asked)
  if (status === 404) return notFound(asked)
  if (status === 410) return issuesOff()
  if (status === 413) return new SealwardError('limit', `${asked.host} answered with more than a run may read`)
  if (status === 422) return invalid(answer)
  if (status >= 500) return broken(`${asked.host} answered ${status}`)
  return new SealwardError('io', `${asked.host} refused the request (${status})`)
}

function tokenRefused(): SealwardError {
  return new SealwardError('token-refused', 'GitHub refused the token: it is wrong, expired or revoked', {
    hint: "the job's own token is github.token, and ends with the job; another one may have to be renewed",
  })
}

/** A secondary limit says how long to wait, the primary one when it ends; both have been waited for, where that was bearable. */
function rateLimit(answer: OctokitAnswer): SealwardError | null {
  const wait = countIn(answer, 'retry-after')
  const reset = countIn(answer, 'x-ratelimit-reset')
  const primary = countIn(answer, 'x-ratelimit-remaining') === 0
  if (!primary && wait === null && answer.status !== 429 && !/secondary rate/i.test(wordsOf(answer))) return null
  const until = primary && reset !== null ? `, until ${new Date(reset * 1000).toISOString()}` : ''
  const hint =
    wait === null ? 'the next run goes on where this one stopped' : `GitHub asks for ${wait} seconds of quiet`
  return new SealwardError('rate-limited', `GitHub takes no more requests for now${until}`, { hint })
}

function forbidden(answer: OctokitAnswer, { needs }: Asked): SealwardError {
  if (/\barchived\b/i.test(wordsOf(answer)))
    return new SealwardError('read-only', 'the repository is archived, so nothing can be written to it', {
      hint: 'switch the workflow off, or take the repository out of the archive',
    })
  return new SealwardError('permission', `the token may not do this: it lacks "${needs}"`, { hint: wayTo(needs) })
}

/** A job's own token is limited to its repository, and `permissions:` has no key for more. */
function wayTo(needs: Permission): string {
  const permission = OF_A_TOKEN[needs]
  if (permission !== undefined)
    return `give an app's token, or a person's, ${permission}; a job's own token has no such`
  return needs === 'metadata: read'
    ? "what lies beyond the job's own repository is for an app's token, or a person's"
    : `add "${needs}" to the job's permissions:, beside "contents: read", for what is not named there is taken away`
}

/** A private repository that the token does not see is answered like one that is not there. */
function notFound({ needs }: Asked): SealwardError {
  return new SealwardError('not-found', 'GitHub has nothing there, or the token does not see it', {
    hint: `is the name right? for what is private, the token needs "${needs}"`,
  })
}

function issuesOff(): SealwardError {
  return new SealwardError('read-only', 'the issues of this repository are switched off', {
    hint: "switch them on in the repository's settings, or set `issues: off`",
  })
}

/** 422 names the fields, which are GitHub's words; a value of ours stands beside them and is not read. */
function invalid({ data }: OctokitAnswer): SealwardError {
  const { errors } = (data ?? {}) as { readonly errors?: unknown }
  const fields = (Array.isArray(errors) ? errors : [])
    .map((error) => (error as { readonly field?: unknown } | null)?.field)
    .filter((field) => typeof field === 'string' && /^[a-z_]{1,32}$/.test(field))
  const which = fields.length === 0 ? '' : `: ${[...new Set(fields)].join(', ')}`
  return new SealwardError('io', `GitHub finds the request invalid (422)${which}`)
}

function unreachable(error: unknown, { host }: Asked): SealwardError {
  return broken(`${host} cannot be reached (${reasonOf(error)})`)
}

function broken(message: string): SealwardError {
  return new SealwardError('unavailable', message, { hint: 'githubstatus.com may know; the next run tries again' })
}

/** The innermost code, as ECONNREFUSED: a message quotes addresses, and an address may hold a password. */
function reasonOf(error: unknown): string {
  let reason = 'no answer'
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code, name } = at as NodeJS.ErrnoException
    if (name === 'TimeoutError') return 'timeout'
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) reason = code
  }
  return reason
}

function wordsOf({ data }: OctokitAnswer): string {
  const { message } = (typeof data === 'object' && data !== null ? data : {}) as { readonly message?: unknown }
  return typeof message === 'string' ? message.slice(0, 1000) : ''
}

function countIn({ headers }: OctokitAnswer, name: string): number | null {
  const text = String(headers[name] ?? '')
  return /^\d{1,12}$/.test(text) ? Number(text) : null
}
