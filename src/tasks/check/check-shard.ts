import type { CheckReport } from '../../core/check/judged.ts'
import { SealwardError } from '../../core/errors.ts'
import { means } from '../../core/glob/means.ts'
import type { RepositoryOutcome } from '../../core/organisation/shard.ts'
import { sayLevels } from '../../core/report/check/words.ts'
import { POLICY_FILES } from '../steps/policy-for.ts'
import { USUAL_NAMES } from '../steps/usual-names.ts'
import type { Clone, Clones } from '../world/git/clone.ts'
import type { Teller } from '../world.ts'

export interface ShardWorld {
  readonly clones: Clones
  /** Judges one repository, of which all commits are here. The names in the report may be shown. */
  readonly check: (clone: Clone) => Promise<CheckReport>
  readonly teller: Pick<Teller, 'note'>
}

/**
 * Checks repositories one after the other. Of one in which nothing is encrypted, and which has no policy, only the names of its files are
 * fetched. One that fails is an outcome, and the others are looked at all the same.
 *
 * @param repositories `owner/name`
 */
export async function checkShard(repositories: readonly string[], world: ShardWorld): Promise<RepositoryOutcome[]> {
  const outcomes: RepositoryOutcome[] = []
  for (const name of repositories) {
    const outcome = await checkOne(name, world)
    outcomes.push(outcome)
    world.teller.note(`${name}: ${sayOutcome(outcome)}`)
  }
  return outcomes
}

async function checkOne(name: string, { clones, check }: ShardWorld): Promise<RepositoryOutcome> {
  try {
    return await clones.within(name, async (clone) => {
      const files = await filesOf(clone)
      if (files.length === 0) return { outcome: 'nothing', name }
      await clone.deepen(files)
      return { outcome: 'checked', name, report: await check(clone) }
    })
  } catch (error) {
    return { outcome: 'failed', name, why: reasonOf(error) }
  }
}

/** What a check begins with: encrypted files and policies. */
async function filesOf({ source }: Clone): Promise<string[]> {
  const files: string[] = []
  for await (const step of source.steps())
    if (step.kind === 'place' && (isPolicy(step.path) || USUAL_NAMES.some((glob) => means(glob, step.path))))
      files.push(step.path)
  return files
}

function isPolicy(path: string): boolean {
  return POLICY_FILES.includes(path.slice(path.lastIndexOf('/') + 1))
}

/** Only our own messages are told: another library's may quote what it was handed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof SealwardError))
    return `an unexpected ${error instanceof Error ? error.name : 'failure'} [internal]`
  const { message, code, file } = error
  return `${file === undefined ? '' : `${file}: `}${message} [${code}]`
}

function sayOutcome(outcome: RepositoryOutcome): string {
  if (outcome.outcome === 'nothing') return 'nothing to check'
  return outcome.outcome === 'failed' ? `not looked at: ${outcome.why}` : sayLevels(outcome.report.judged)
}
