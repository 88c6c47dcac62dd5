import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { EventChange } from '../../../core/job/event-change.ts'
import { findMissing, type RepositoryFacts, readFacts } from './plumbing/facts.ts'
import { typesOf } from './plumbing/listed-objects.ts'
import { askRevisions, type Revisions } from './plumbing/revisions.ts'

/** A change, found in this clone with all that belongs to it. */
export interface FoundChange {
  readonly revisions: Revisions
  /** The commit that it is compared with; null when there is none, and everything counts as new. */
  readonly base: string | null
  /** The commit that it was to be compared with is not here. */
  readonly baseIsGone: boolean
}

const WHOLE_CLONE = 'give actions/checkout fetch-depth: 0, or look at the files as they are with scan: tree'

/**
 * Finds what an event brings. A clone without a part of it is refused: what is not there would count as clean.
 *
 * @throws SealwardError git with what to set
 */
export async function findChange({ head, base, trunk }: Omit<EventChange, 'texts'>): Promise<FoundChange> {
  const facts = await readFacts()
  const [here, before] = await Promise.all([commitAt(head), commitAt(base)])
  if (here === null)
    throw new SealwardError('git', 'the newest commit of this change is not in this clone', {
      hint: `${WHOLE_CLONE}; with pull_request_target nobody fetches it, so look in a workflow of pull_request`,
    })
  const known = before ?? (await commitAt(trunk))
  const merged = await mergedInto(here)
  const excluded = [...new Set([known, merged].filter((id) => id !== null))]
  const revisions = [here, ...excluded.map((id) => `^${id}`)]
  await checkWhole(facts, revisions)
  return { revisions, base: known ?? merged, baseIsGone: base !== null && before === null }
}

/**
 * Refuses a clone without all of its history.
 *
 * @throws SealwardError git
 */
export async function checkWholeHistory(): Promise<void> {
  if ((await readFacts()).shallow) throw shallow('history')
}

/** @returns the id of the commit that a name means; null for none, or one that is not here */
export async function commitAt(name: string | null): Promise<string | null> {
  if (name === null) return null
  const [found] = await typesOf([`${name}^{commit}`])
  return found?.type === 'commit' ? found.id : null
}

/** A pull request is checked out as it would be once merged: what the branch below it got meanwhile is no part of it. */
async function mergedInto(head: string): Promise<string | null> {
  const [first, second] = await Promise.all([commitAt('HEAD^1'), commitAt('HEAD^2')])
  return second === head ? first : null
}

/** Where a shallow clone ends in the middle of a change, a commit seems to bring everything, and those before it are not seen. */
async function checkWhole(facts: RepositoryFacts, revisions: Revisions): Promise<void> {
  if (facts.shallow) {
    const ends = new Set((await readFile(join(facts.common, 'shallow'), 'latin1')).split('\n'))
    for await (const id of askRevisions([], revisions)) if (ends.has(id)) throw shallow('the commits of this change')
  }
  if ((await findMissing(facts, revisions)).size > 0)
    throw new SealwardError('git', 'this is a partial clone, without the contents of this change', {
      hint: 'give actions/checkout no filter and no sparse-checkout',
    })
}

function shallow(what: string): SealwardError {
  return new SealwardError('git', `this is a shallow clone, without all of ${what}`, { hint: WHOLE_CLONE })
}
