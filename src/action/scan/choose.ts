import { SealwardError } from '../../core/errors.ts'
import type { EventChange, EventSubject } from '../../core/job/event-change.ts'
import type { ScanRequest } from '../../tasks/scan/scan.ts'
import { markCurrent } from '../../tasks/steps/scan/current.ts'
import type { ScanItem } from '../../tasks/world/scan/source.ts'
import type { Where } from './inputs.ts'
import type { ActionScanWorld } from './world.ts'

/** What a step looks at. */
export type Chosen = Pick<ScanRequest, 'sources' | 'items' | 'whole' | 'before'> & {
  /** What is looked at was brought by the event: whoever brought it may have allowed it too. */
  readonly isChange: boolean
  readonly warnings: readonly string[]
}

type World = Pick<ActionScanWorld, 'subject' | 'sources' | 'facts'>

/**
 * Where an event and the input `scan` say to look.
 *
 * @returns null when the event took something away and brought nothing
 * @throws SealwardError git for a clone that lacks what has to be looked at, not-found, usage
 */
export async function chooseSources(where: Where, world: World): Promise<Chosen | null> {
  const { sources } = world
  if (where === 'history') {
    checkRepository(world)
    await sources.checkWholeHistory()
    return { ...AS_IT_IS, sources: [sources.history(), sources.messages()], whole: false }
  }
  const subject: EventSubject = where === 'tree' ? { kind: 'state' } : subjectOf(where, world)
  if (subject.kind === 'removal') return null
  if (subject.kind === 'state') return { ...AS_IT_IS, sources: [await sources.files()], whole: true }
  checkRepository(world)
  return chooseChange(subject.change, world)
}

const AS_IT_IS = { isChange: false, warnings: [] } as const

/** @throws SealwardError not-found, usage */
function subjectOf(where: Where, { subject, facts }: World): EventSubject {
  if (subject === null)
    throw new SealwardError('not-found', `the payload of this ${facts.event} event does not say what it brings`, {
      hint: 'scan: tree looks at the files as they are',
    })
  if (where === 'range' && subject.kind === 'state')
    throw new SealwardError('usage', `a ${facts.event || 'run without an'} event brings no commits`, {
      hint: 'scan: range is for push, pull_request and merge_group; scan: auto looks at the files otherwise',
    })
  return subject
}

async function chooseChange(change: EventChange, { sources }: World): Promise<Chosen> {
  const { revisions, base, baseIsGone } = await sources.change(change)
  const { files, messages } = sources.revisions(revisions)
  const against =
    base === null ? 'everything that leads to the newest one counts as new' : `${base} is what it is compared with`
  return {
    sources: [markCurrent(files, sources.commit(change.head)), messages],
    ...(change.texts.length === 0 ? {} : { items: itemsOf(change) }),
    ...(base === null ? {} : { before: sources.commit(base) }),
    whole: false,
    isChange: true,
    warnings: baseIsGone ? [`the commit before this change is not in this clone: ${against}`] : [],
  }
}

async function* itemsOf({ texts }: EventChange): AsyncGenerator<ScanItem> {
  for (const { name, of, text } of texts) {
    const bytes = Buffer.from(text)
    yield { kind: 'item', place: { kind: 'place', path: name, origin: { commit: of } }, bytes, size: bytes.length }
  }
}

function checkRepository({ sources }: World): void {
  if (sources.inRepository) return
  throw new SealwardError('git', 'there is no repository here', {
    hint: 'actions/checkout goes before; where git is missing it only downloads files: install git in the container first',
  })
}
