import { SealwardError } from '../../../core/errors.ts'
import type { Floors } from '../../../core/policy/floors.ts'
import { fails } from '../../../core/policy/scan/scan-match.ts'
import { asLeaks } from '../../../core/scan/leaks/as-leak.ts'
import type { ScanOutcome } from '../../../core/scan/outcome.ts'
import { scan } from '../../../tasks/scan/scan.ts'
import { tellOfLeak } from '../../../tasks/steps/leaks/leak-issue.ts'
import { runTexts } from '../../../tasks/steps/leaks/run-texts.ts'
import type { Runner } from '../../world.ts'
import type { ScanInputs } from '../inputs.ts'
import type { ActionSettings } from '../settings.ts'
import type { ActionScanWorld } from '../world.ts'
import { openRunWorld, type RunWorld } from './world.ts'

/** What a run left behind, looked at. */
export interface RunLook {
  readonly run: number
  readonly outcome: ScanOutcome
  readonly warnings: readonly string[]
  /** What could not be fetched: there is no whole answer then. */
  readonly failures: readonly SealwardError[]
  readonly world: RunWorld
}

/**
 * Looks at the logs and artifacts of a run. Comments in them allow nothing: whoever wrote them wrote the rest too.
 *
 * @returns null when neither is among the targets
 * @throws SealwardError usage, or not-found where nothing says which run is meant
 */
export async function lookAtRun(
  { targets, githubToken }: ScanInputs,
  { scan: settings, own, secrets, files }: ActionSettings,
  world: ActionScanWorld,
): Promise<RunLook | null> {
  const which = (['logs', 'artifacts'] as const).filter((target) => targets.includes(target))
  if (which.length === 0) return null
  const { run } = world
  if (run === null)
    throw new SealwardError('not-found', 'it is not known which run to look at: the payload of this event names none', {
      hint: 'the input run-id names it',
    })
  const github = openRunWorld(githubToken)
  const failures: SealwardError[] = []
  const texts = runTexts(
    {
      run: run.id,
      logs: which.includes('logs'),
      artifacts: which.includes('artifacts'),
      rules: settings.rules,
    },
    { ...github, clock: world.clock, failed: (error) => failures.push(error) },
  )
  const found = await scan(
    {
      sources: [],
      items: texts,
      itemsAre: `texts of ${which.join(' and ')}`,
      whole: false,
      settings: { ...settings, comments: 'ignored' },
      update: null,
      archives: true,
    },
    { ...world, files, lookers: world.lookersFor(settings.rules, own, secrets) },
  )
  const outcome = asLeaks(found, run.id)
  return { run: run.id, outcome, warnings: warningsOf(outcome, which), failures, world: github }
}

function warningsOf({ looked, cut }: ScanOutcome, which: readonly string[]): string[] {
  return [
    ...(looked.count === 0 ? [`there was nothing to look at in the ${which.join(' and ')} of the run`] : []),
    ...(cut.length === 0 ? [] : [`${cut.length} of the ${which.join(' and ')} not looked at whole: the log says why`]),
  ]
}

/** Opens the issue where it is asked for, after everything else has been told: what GitHub refuses takes no finding away. */
export async function tellRun(
  { run, outcome, world: github }: RunLook,
  { inputs, failOn, isPrivate }: { readonly inputs: ScanInputs; readonly failOn: Floors; readonly isPrivate: boolean },
  runner: Runner,
): Promise<void> {
  const findings = outcome.findings.filter((finding) => failOn === 'never' || fails({ failOn }, finding))
  if (inputs.issue === 'false' || findings.length === 0) return
  const names = inputs.issue === 'names' || isPrivate
  const { did, number, labelled } = await tellOfLeak({ run, repository: github.page, findings, names }, github)
  runner.say(`sealward: issue #${number} ${did === 'there' ? 'tells of this already' : `was ${did}`}`)
  if (!labelled)
    runner.annotate('warning', `issue #${number} did not get its label, so the next scan of this run does not find it`)
}
