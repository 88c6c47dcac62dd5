import { SealwardError } from '../../../../core/errors.ts'
import { printable } from '../../../../core/report/printable.ts'
import type { GitEnd } from '../git.ts'

const REASON_CHARACTERS = 120

/** git says so, or its server does, where somebody else was quicker; also where both were at it in the same moment. */
const OUTRUN =
  /stale info|fetch first|non-fast-forward|cannot lock ref|failed to (?:update|lock) ref|already exists|incorrect old value|reference broken/i
const PROTECTED = /protected branch|hook declined|rule violations|GH\d{3}|denied by|not allowed to push/i
const NO_RIGHT =
  /Authentication failed|could not read (?:Username|Password)|error: 40[13]|HTTP 40[13]|Permission(?: to \S+)? denied|Write access to repository not granted/i

/** Whether a push was refused because the branch is not what it was. */
export function isOutrun({ stdout, stderr }: GitEnd): boolean {
  return OUTRUN.test(reasonIn(stdout) ?? stderr)
}

/** What a push that was refused for good means. Of git's words only the reason in brackets is told: the others have addresses in them. */
export function pushRefused(end: GitEnd, name: string): SealwardError {
  const branch = printable(name.replace(/^refs\/(?:heads\/)?/, ''))
  const said = `${end.stdout.toString('utf8')}\n${end.stderr}`
  if (NO_RIGHT.test(said)) return noRight('contents: write')
  const reason = reasonIn(end.stdout)
  const told = reason === null ? '' : ` (${printable(reason).slice(0, REASON_CHARACTERS)})`
  if (PROTECTED.test(said))
    return new SealwardError('git', `the remote protects ${branch}, and takes no push${told}`, {
      hint: 'use `delivery: { mode: pull-request }` in sealward.yml, or let this token past the protection of the branch',
    })
  return new SealwardError('git', `the remote did not take the push to ${branch}${told}`, {
    hint: 'whether it arrived after all is found out by the next run',
  })
}

export function fetchFailed({ status, stderr }: GitEnd): SealwardError {
  if (NO_RIGHT.test(stderr)) return noRight('contents: read')
  return new SealwardError('git', `the remote cannot be read (exit status ${status})`, {
    hint: 'does `git fetch` work in this folder? actions/checkout leaves what it needs, unless it has persist-credentials: false',
  })
}

function noRight(permission: string): SealwardError {
  return new SealwardError('permission', 'the remote does not let this login in', {
    hint: `it needs "${permission}"; in a job, actions/checkout has to leave its token (persist-credentials)`,
  })
}

/** `!\trefs/...:refs/...\t[remote rejected] (protected branch hook declined)`, as git-push(1) describes --porcelain. */
function reasonIn(stdout: Buffer): string | null {
  return /^!\t[^\t\n]*\t\[[^\]\n]*\] \(([^\n]*)\)$/m.exec(stdout.toString('utf8'))?.[1] ?? null
}
