import { chooseRepositories, LEFT_OUT } from '../../core/organisation/choose.ts'
import { printDocument } from '../../core/organisation/document.ts'
import { type OrganisationPlan, PLAN_FILE } from '../../core/organisation/plan.ts'
import { shareOut } from '../../core/organisation/shards.ts'
import { amount } from '../../core/report/amount.ts'
import type { Repository } from '../../tasks/world/github.ts'
import type { Runner } from '../world.ts'
import type { OrganisationInputs } from './inputs.ts'
import type { OrganisationWorld } from './world.ts'

/** Lists the repositories and shares them out among jobs. @returns the exit status */
export async function planPart(
  { include, exclude }: OrganisationInputs,
  world: OrganisationWorld,
  runner: Runner,
): Promise<number> {
  const { organisation } = world
  const listed = await world.repositories().list(organisation)
  const visibility = visibilityOf(listed, world)
  const { repositories, left, hidden } = chooseRepositories(listed, {
    include,
    exclude,
    private: visibility === 'private',
  })
  const shards = shareOut(repositories)
  const at = world.clock.now().toISOString()
  const plan = {
    version: 1,
    organisation,
    at,
    shards,
    left: copied(left),
    visibility,
    hidden,
  } satisfies OrganisationPlan
  const path = await world.write(PLAN_FILE, printDocument(plan))
  const numbers = shards.map((_, shard) => shard)
  runner.set({
    outputs: [
      ['shards', JSON.stringify(numbers)],
      ['report-path', path],
    ],
    environment: [],
  })
  runner.say(`sealward: repositories: ${repositories.length}, for ${amount(shards.length, 'job')}; ${sayLeft(plan)}`)
  if (hidden > 0)
    runner.annotate(
      'notice',
      `${hidden} private repositories are left out: everybody can read this one, and the files of its runs. Call the workflow from a private repository to see them.`,
      { title: 'sealward' },
    )
  return 0
}

/** The event of a schedule may say nothing of its repository; then the list does, and where nobody does it counts as public. */
function visibilityOf(listed: readonly Repository[], { repository, facts }: OrganisationWorld): 'public' | 'private' {
  const own = listed.find(({ name }) => name === facts.repository.name)
  return repository.visibility ?? (own?.private === true ? 'private' : 'public')
}

/** `left out: 3 archived, 1 fork`. */
function sayLeft({ left, hidden }: OrganisationPlan): string {
  const counts = [...LEFT_OUT.map((reason) => [reason, left[reason].length] as const), ['private', hidden] as const]
  const told = counts.flatMap(([reason, count]) => (count === 0 ? [] : [`${count} ${reason}`]))
  return `left out: ${told.join(', ') || 'none'}`
}

function copied(left: Readonly<Record<(typeof LEFT_OUT)[number], readonly string[]>>): OrganisationPlan['left'] {
  const { excluded, archived, disabled, fork } = left
  return { excluded: [...excluded], archived: [...archived], disabled: [...disabled], fork: [...fork] }
}
