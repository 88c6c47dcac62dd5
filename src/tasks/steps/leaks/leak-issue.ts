import { isBot } from '../../../core/issues/own.ts'
import { OWN_LABEL } from '../../../core/issues/settings.ts'
import {
  type Leak,
  leakBody,
  leakMarker,
  leakTitle,
  parseLeakMarker,
} from '../../../core/report/scan/markdown/leak-issue.ts'
import type { Issue, Issues, IssueVocabulary } from '../../world/github.ts'

export interface LeakIssueWorld {
  readonly issues: Issues
  readonly vocabulary: Pick<IssueVocabulary, 'ensureLabel'>
}

export interface LeakIssueOutcome {
  /** `there`: it says all this already, whether somebody closed it or not. */
  readonly did: 'opened' | 'updated' | 'there'
  readonly number: number
  /** Without the label the next scan of this run does not find the issue. */
  readonly labelled: boolean
}

/**
 * Sees to it that one issue tells of what a run leaked. Where the same was told, nothing is touched: people tick its boxes, and close it.
 * Where there is more or other, the body is written anew, and a closed issue is opened again.
 *
 * @throws SealwardError as tasks/world/github.ts says
 */
export async function tellOfLeak(leak: Leak, { issues, vocabulary }: LeakIssueWorld): Promise<LeakIssueOutcome> {
  const there = findIssue(await issues.list(OWN_LABEL.name), leak.run)
  const [title, body] = [leakTitle(leak), leakBody(leak)]
  if (there === null) {
    await vocabulary.ensureLabel(OWN_LABEL)
    return outcome('opened', await issues.create({ title, body, labels: [OWN_LABEL.name], assignees: [] }))
  }
  if (parseLeakMarker(there.body)?.found === leakMarker(leak).found) return outcome('there', there)
  const reopened = there.state === 'closed' ? ({ state: 'open', stateReason: 'reopened' } as const) : {}
  return outcome('updated', await issues.update(there.number, { body, ...reopened }))
}

/** The label takes triage rights to set. A bot's comes before a person's, whose first line may be pasted; then the oldest. */
function findIssue(listed: readonly Issue[], run: number): Issue | null {
  const ours = listed.filter(({ body }) => parseLeakMarker(body)?.run === run)
  return ours.find(({ author }) => isBot(author)) ?? ours[0] ?? null
}

function outcome(did: LeakIssueOutcome['did'], { number, labels }: Issue): LeakIssueOutcome {
  return { did, number, labelled: labels.includes(OWN_LABEL.name) }
}
