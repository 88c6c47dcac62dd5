import { kindOf } from './events.ts'
import type { RunFacts } from './facts.ts'
import { type Comparison, type RefWhy, TRUSTED, type TrustVerdict } from './verdict.ts'

const FROM_COMMIT =
  'decrypt right after actions/checkout, without `ref:`, before other steps or downloads can change files'
const OPT_IN = 'allow-untrusted: ref decrypts whatever lies there: anyone can encrypt to a public recipient'

const REASONS: Readonly<Record<RefWhy, (commit: string) => string>> = {
  differs: (commit) => `is not the file that ${commit} has`,
  absent: (commit) => `is not a file of ${commit}`,
  'no-commit': (commit) => `cannot be compared with ${commit}, which its repository does not have`,
  'no-repository': (commit) => `cannot be compared with ${commit}: it lies in no git repository`,
  'no-git': (commit) => `cannot be compared with ${commit}: there is no git`,
  unreadable: (commit) => `cannot be compared with ${commit}: git did not give a true answer in time`,
}

const ADVICE: Readonly<Record<RefWhy, readonly string[]>> = {
  differs: [FROM_COMMIT, OPT_IN],
  absent: [FROM_COMMIT, OPT_IN],
  'no-commit': [
    'check out the commit of the run: actions/checkout without `ref:`, or with `fetch-depth: 0`',
    'a file of a submodule or of another repository cannot be compared with it at all',
    OPT_IN,
  ],
  'no-repository': [FROM_COMMIT, OPT_IN],
  'no-git': ['install git in the image of the container, before the step with actions/checkout', OPT_IN],
  unreadable: ['check out into an empty folder, so that .git is new', OPT_IN],
}

/** Judges a file: it must be the one that the commit of the run has, because that is what was reviewed. */
export function judgeFile({ sha }: RunFacts, { file, blob }: Comparison): TrustVerdict {
  if (blob === 'same') return TRUSTED
  const commit = sha === null ? 'the commit of the run' : `commit ${sha.slice(0, 7)} of the run`
  return { kind: 'ref', why: blob, file, reason: REASONS[blob](commit), advice: ADVICE[blob].join('\n') }
}

/**
 * Judges what is checked out, for runs that people cause who may not write: a comment "/test" on a fork's pull request starts a run of the
 * default branch, with secrets, and its workflow may then check out the fork. Where an event names no head, the checkout must be
 * the commit of the run.
 */
export function judgeCheckout(facts: RunFacts, { head }: Comparison): TrustVerdict {
  if (!isOpen(facts) || (head !== null && head === facts.sha)) return TRUSTED
  return {
    kind: 'foreign',
    why: 'checkout',
    reason: `anyone can cause this ${facts.event} run, and ${head === null ? 'it is not known what is checked out' : 'what is checked out is not its commit'}`,
    advice: [
      'check out the commit of the run (actions/checkout without `ref:`) in the job that has secrets, and other code in a job without',
      'allow-untrusted: fork lets that code run beside the secrets',
    ].join('\n'),
  }
}

/** After a run of such an event, `workflow_run` says that its head is this repository, and knows no more of the checkout. */
function isOpen({ event, head, cause }: RunFacts): boolean {
  if (kindOf(event) === 'open') return event !== ''
  if (kindOf(event) !== 'workflow-run' || head !== 'same') return false
  return cause === null || cause === 'workflow_run' || kindOf(cause) === 'open'
}
