import { type IssueSettings, issueSettings } from '../../core/issues/settings.ts'
import type { CheckPolicy } from '../../core/policy/sections/check.ts'
import type { CheckInputs } from './inputs.ts'
import type { ActionCheckWorld } from './world.ts'

/** By what a step acts: its inputs, else the section `check` of sealward.yml, else what the repository is. */
export interface CheckSettings extends Pick<CheckPolicy, 'failOn' | 'notify' | 'heartbeat'> {
  readonly issues: IssueSettings
}

export function settle(
  { failOn, issues, names }: CheckInputs,
  policy: CheckPolicy,
  { repository }: Pick<ActionCheckWorld, 'repository'>,
): CheckSettings {
  const written = { issues: issues ?? policy.issues, names: names ?? policy.names }
  return {
    failOn: failOn ?? policy.failOn,
    notify: policy.notify,
    heartbeat: policy.heartbeat,
    issues: issueSettings(written, repository.visibility),
  }
}
