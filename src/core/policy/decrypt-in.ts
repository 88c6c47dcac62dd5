import { SealwardError } from '../errors.ts'
import { means } from '../glob/means.ts'
import { printable } from '../report/printable.ts'
import type { RunFacts } from '../trust/facts.ts'
import { ruleFor } from './match.ts'
import type { DecryptIn, Policy } from './policy.ts'

const MAX_SHOWN = 100

/** How one list of `decrypt-in` is held against a run: null when it has the run, else what the run is. */
interface Test {
  readonly list: keyof DecryptIn
  refuse(allowed: readonly string[], facts: RunFacts): string | null
}

const TESTS: readonly Test[] = [
  {
    list: 'refs',
    refuse: (allowed, { ref }) => (allowed.some((glob) => means(glob, ref)) ? null : `its ref is ${shown(ref)}`),
  },
  {
    list: 'events',
    refuse: (allowed, { event }) => (event !== '' && allowed.includes(event) ? null : `its event is ${shown(event)}`),
  },
  {
    list: 'repositories',
    refuse: (allowed, { repository: { id, name } }) => {
      const known = [id, name?.toLowerCase()]
      return allowed.some((one) => known.includes(one.toLowerCase()))
        ? null
        : `its repository is ${shown(name ?? '')} (${id ?? 'id not known'})`
    },
  },
  { list: 'environments', refuse: refuseEnvironment },
]

/**
 * Holds a workflow run against `decrypt-in` of the rule that a file has. Every list that is given must have the run.
 *
 * This guards against mistakes: whoever can change the policy can change this. Environments with separate keys are the wall.
 *
 * @param path relative to sealward.yml, with '/' separators
 * @returns null when the run may decrypt; else a SealwardError `untrusted` with the line of the rule. It repeats nothing of the policy.
 */
export function judgePolicy(policy: Policy, path: string, facts: RunFacts): SealwardError | null {
  const rule = ruleFor(policy, path)
  const decryptIn = rule?.decryptIn ?? null
  if (rule === null || decryptIn === null) return null
  const reasons = TESTS.flatMap(({ list, refuse }) => {
    const allowed = decryptIn[list]
    return (allowed === null ? null : refuse(allowed, facts)) ?? []
  })
  if (reasons.length === 0) return null
  return new SealwardError('untrusted', `this run may not decrypt ${shown(path)}: ${reasons.join('; ')}`, {
    file: policy.file,
    line: rule.line,
    hint: hintFor(decryptIn, facts),
  })
}

/** Whether a file's rule speaks of environments, so that it is worth a network call to learn which one the job is in. */
export function asksForEnvironment(policy: Policy, path: string): boolean {
  return (ruleFor(policy, path)?.decryptIn?.environments ?? null) !== null
}

/** Letter case does not count in the names of environments. */
function refuseEnvironment(allowed: readonly string[], { environment }: RunFacts): string | null {
  if (environment.kind === 'unknown') return 'its environment is not known'
  if (environment.kind === 'none') return 'its job has no environment'
  const name = environment.name.toLowerCase()
  return allowed.some((one) => one.toLowerCase() === name) ? null : `its environment is ${shown(environment.name)}`
}

function hintFor({ environments }: DecryptIn, { environment }: RunFacts): string {
  return environments !== null && environment.kind === 'unknown'
    ? 'no variable says which environment a job is in, only its OIDC token does: give the job `permissions: id-token: write`'
    : 'decrypt-in of this rule says which runs may; docs/trust.md says what it can and cannot guard'
}

/** Whoever pushes names the ref. */
function shown(text: string): string {
  return text === '' ? 'not known' : printable(text.slice(0, MAX_SHOWN))
}
