import { SealwardError } from '../../errors.ts'
import { parseTarget, printTarget, type SecretTarget } from '../../push/target.ts'
import type { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import { readOptions } from '../driver-options.ts'
import type { Target } from '../target.ts'

/**
 * The only change there is: a secret of GitHub holds one value.
 *
 * @throws SealwardError unsupported for every other
 */
export function pushedBy(change: Change): Secret {
  if (change.kind === 'replace') return change.fresh
  throw new SealwardError('unsupported', 'a secret of GitHub Actions holds one value at a time', {
    hint: 'use the strategy single',
  })
}

/** What is sent, as it may be shown. @throws SealwardError policy-invalid, unsupported */
export function githubSecretShapes(change: Change, target: Target): readonly Shape[] {
  pushedBy(change)
  return [`PUT ${printTarget(readGithubSecret(target))} [the new value, sealed for GitHub]`]
}

/** @throws SealwardError policy-invalid */
export function readGithubSecret(target: Target): SecretTarget {
  const { secret } = readOptions(target, ['secret'])
  try {
    return parseTarget(secret ?? '')
  } catch {
    throw new SealwardError('policy-invalid', 'the option secret does not name a secret of GitHub Actions', {
      hint: 'github:OWNER/REPO:NAME, github:OWNER/REPO/environments/ENVIRONMENT:NAME, or github:OWNER:NAME',
    })
  }
}
