import { type Floors, readFloors } from '../../core/policy/floors.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { BASELINE_FILE } from '../../core/scan/allow/baseline-file.ts'
import { type OwnRuleTexts, rulesFor } from '../../core/scan/custom/rules-for.ts'
import { type OwnSecrets, rulesOfOwn } from '../../core/scan/own/rules-of-own.ts'
import { whyStrangersMayGuess } from '../../core/trust/guessing.ts'
import { policyFor } from '../../tasks/steps/policy-for.ts'
import type { ScanSettings } from '../../tasks/steps/scan/settings.ts'
import type { Files } from '../../tasks/world.ts'
import type { ScanInputs } from './inputs.ts'
import { ownSecretsFor } from './own-secrets.ts'
import type { ActionScanWorld } from './world.ts'

/** By what a step judges. */
export interface ActionSettings {
  readonly scan: ScanSettings
  readonly own: OwnRuleTexts | null
  readonly secrets: OwnSecrets | null
  readonly failOn: Floors
  /** Where the baseline is read. */
  readonly files: Files
  readonly warnings: readonly string[]
}

/**
 * The settings of the checkout. For somebody else's change they are those of this repository's own commit, and comments in the change
 * count for nothing: what it brings must not say that it may.
 *
 * @throws SealwardError policy-invalid, usage
 */
export async function readSettings(inputs: ScanInputs, world: ActionScanWorld): Promise<ActionSettings> {
  const foreign = world.facts.head !== 'none' && world.facts.head !== 'same'
  const commit = foreign ? await ownCommit(world) : null
  const { configs, files } = foreign ? world.settingsOf(commit) : world
  const policy = (await policyFor('x', configs))?.policy ?? null
  const own = ownRules(policy)
  const { secrets, warnings } = await ownSecretsFor(inputs, world, { files, why: whyNoValues(inputs, world) })
  return {
    scan: {
      policy,
      rules: [...(await rulesFor(own)), ...(await rulesOfOwn(secrets))],
      baselineFile: BASELINE_FILE,
      baselineRequired: false,
      ...(foreign ? { comments: 'ignored' } : {}),
    },
    own,
    secrets,
    failOn: readFloors({ text: inputs.failOn, name: 'the input fail-on' }, policy),
    files,
    warnings: [...(foreign && commit === null ? [NO_SETTINGS] : []), ...warnings],
  }
}

/** For all targets of a step: one set of rules judges them. */
function whyNoValues({ targets }: ScanInputs, { run, facts }: ActionScanWorld): string | null {
  return run === null || targets.every((target) => target === 'code') ? null : whyStrangersMayGuess(run, facts)
}

const NO_SETTINGS =
  'this is a change of another repository and the commit below it is not in this clone: no sealward.yml and no baseline counts (fetch-depth: 0 brings it)'

function ownRules(policy: Policy | null): OwnRuleTexts | null {
  return policy === null ? null : { file: policy.file, rules: policy.scan.rules }
}

/** The commit of a pull request's run holds the pull request; that of a `workflow_run` is of the default branch. */
async function ownCommit({ subject, facts, sources }: ActionScanWorld): Promise<string | null> {
  if (!sources.inRepository || subject === null) return null
  return sources.commitAt(subject.kind === 'change' ? subject.change.base : facts.sha)
}
