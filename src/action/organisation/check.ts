import { countLevels } from '../../core/check/judged.ts'
import { SealwardError } from '../../core/errors.ts'
import { issueSettings } from '../../core/issues/settings.ts'
import { printDocument } from '../../core/organisation/document.ts'
import { shardFile } from '../../core/organisation/plan.ts'
import { shardDocument } from '../../core/organisation/shard.ts'
import { hideNames } from '../../core/report/check/names.ts'
import { VERSION } from '../../core/version.ts'
import { check } from '../../tasks/check/check.ts'
import { checkShard } from '../../tasks/check/check-shard.ts'
import type { Clone } from '../../tasks/world/git/clone.ts'
import type { Runner } from '../world.ts'
import type { OrganisationInputs } from './inputs.ts'
import type { OrganisationWorld } from './world.ts'

/** Checks the repositories of one job of the matrix. @returns the exit status */
export async function checkPart(
  { shard, names: style }: OrganisationInputs,
  world: OrganisationWorld,
  runner: Runner,
): Promise<number> {
  const plan = await world.readPlan()
  const names = plan.shards[shard]
  if (names === undefined) throw new SealwardError('usage', `the plan has no shard ${shard}`)
  if (world.withoutKey !== null) runner.say(`sealward: no key is used: ${world.withoutKey}`)
  const now = new Date(plan.at)
  const shown = issueSettings({ issues: 'organisation', names: style }, plan.visibility).names
  const outcomes = await checkShard(names, {
    clones: world.clones(),
    teller: world.teller,
    async check(clone: Clone) {
      const { report } = await check({ paths: [], environment: null, now }, world.within(clone))
      return hideNames(report, shown)
    },
  })
  const path = await world.write(shardFile(shard), printDocument(shardDocument(shard, outcomes, VERSION)))
  const { overdue, due, ok } = countLevels(
    outcomes.flatMap((one) => (one.outcome === 'checked' ? one.report.judged : [])),
  )
  const counts = Object.entries({ overdue, due, ok }).map(([name, count]) => [name, String(count)] as const)
  runner.set({ outputs: [...counts, ['report-path', path]], environment: [] })
  return 0
}
