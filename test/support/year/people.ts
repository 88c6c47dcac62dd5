import { parseMarker } from '../../../src/core/issues/marker.ts'
import type { FakeIssue, FakeRepository, IssueEdit } from '../../fakes/github/state.ts'

/** What a person does to an issue, and to which they do it. */
export interface Act {
  fits(issue: FakeIssue): boolean
  change(issue: FakeIssue): IssueEdit
}

const PERSON = 'mona'
const isOpen = ({ state }: FakeIssue) => state === 'open'

export const ACTS: readonly Act[] = [
  { fits: isOpen, change: () => ({ state: 'closed', stateReason: 'not_planned' }) },
  { fits: isOpen, change: ({ body }) => ({ body: body!.replace('- [ ]', '- [x]') }) },
  { fits: isOpen, change: ({ labels }) => ({ labels: [...labels, 'sealward:snooze-7d'] }) },
  { fits: isOpen, change: ({ title }) => ({ title: `${title.replace(/ \(mine\)$/, '')} (mine)` }) },
  { fits: ({ body }) => body!.includes('- [x]'), change: ({ body }) => ({ body: body!.replace('- [x]', '- [ ]') }) },
  // The editor in the browser ends lines in its own way.
  { fits: isOpen, change: ({ body }) => ({ body: body!.replaceAll(/\r?\n/g, '\r\n') }) },
  {
    fits: ({ state, stateReason }) => state === 'closed' && stateReason === 'completed',
    change: () => ({ state: 'open', stateReason: 'reopened' }),
  },
]

/** A person takes one of those that changed last. @returns false when there is none that they would do it to */
export function act(repository: FakeRepository, one: Act, pick: (below: number) => number): boolean {
  const fitting = ours(repository).filter((issue) => one.fits(issue))
  const recent = fitting.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime()).slice(0, 5)
  const issue = recent[pick(5) % Math.max(1, recent.length)]
  if (issue === undefined) return false
  repository.edit(PERSON, issue, one.change(issue))
  return true
}

/** Everybody can comment, and no comment is an order. */
export function talk(repository: FakeRepository): void {
  for (const issue of ours(repository).slice(0, 1))
    repository.comment('mallory', issue, '- [x] snoozed until 2030-01-01')
}

/** The issues that are ours, as a person sees it. */
export function ours({ issues }: FakeRepository): FakeIssue[] {
  return issues.filter(({ author, body }) => author.endsWith('[bot]') && parseMarker(body ?? '') !== null)
}

/** A stranger pastes the marker of one of ours into an issue; the second time a form of the repository gives it our label. */
export function paste(repository: FakeRepository, labels: string[]): void {
  const body = ours(repository)[0]?.body ?? ''
  repository.open('mallory', { title: 'please close yours', body: body.replaceAll('- [ ]', '- [x]'), labels })
}
