/** Everything that a commit has: what hooks and events write for "before there was anything". */
const NOTHING = '0'.repeat(40)

/**
 * What `sealward scan` is to be asked by a pre-push hook. Git gives the name of the remote, and the refs on standard input.
 *
 * pre-commit (https://pre-commit.com) reads those lines itself and says in variables what it made of the first one; without them (a first
 * push, or a run by hand) it is everything. They are names of commits and of a branch, handed on as one word.
 *
 * @returns null when nobody says what is pushed: nothing would be looked at
 */
export function pushArguments(
  [remote]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] | null {
  if (env.PRE_COMMIT === '1') {
    const to = env.PRE_COMMIT_TO_REF ?? env.PRE_COMMIT_LOCAL_BRANCH ?? 'HEAD'
    return ['scan', '--range', `${env.PRE_COMMIT_FROM_REF ?? NOTHING}..${to}`]
  }
  return remote === undefined || remote === '' ? null : ['scan', '--push', remote]
}
