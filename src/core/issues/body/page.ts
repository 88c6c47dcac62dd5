import { type CheckReport, LEVELS, type Level } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { sayLevels } from '../../report/check/words.ts'
import { digest } from '../digest.ts'
import { DASHBOARD, isBoard, ORGANISATION, printMarker } from '../marker.ts'
import type { IssueSettings } from '../settings.ts'
import { byLevel, type Standing } from '../standing.ts'
import type { Wanted } from '../wanted.ts'
import { DASHBOARD_TITLE, ORGANISATION_TITLE, printDashboard } from './dashboard.ts'
import { factsInOrder, factsOf, factsOfNote } from './facts.ts'
import { printDone, printFinding, titleOfFinding } from './finding.ts'
import { MOST_CHARACTERS } from './fit.ts'
import { isLogin } from './words.ts'

/** An issue as it should read. */
export interface Page {
  /** Null when it is about what is not there any more, and nobody knows what that was called. */
  readonly title: string | null
  readonly body: string
  readonly hash: string
  /** Of the title, and of the owners, as markers have them. */
  readonly titleKey: string
  readonly ownersKey: string
  /** Those of what asks for attention whom GitHub could assign; at most ten, of the most urgent first. */
  readonly owners: readonly string[]
}

export interface PageParts {
  readonly wanted: Wanted
  readonly standings: readonly Standing[]
  /** With the names that may be shown. */
  readonly report: CheckReport
  readonly settings: IssueSettings
}

/** Changes with what is written, so that a new release writes each issue once. */
const FORMAT = 1
const MOST_ASSIGNEES = 10
/** The marker is the only part that comes last. */
const MARKER_ROOM = 300

/** @returns the issue that says where these things stand; its body is within GitHub's limit */
export function printPage(parts: PageParts): Page {
  const { wanted, standings, settings, report } = parts
  const title = titleOf(wanted)
  const hash = digest([FORMAT, title, settings.mentions, factsIn(parts)], 16)
  const owners = [
    ...new Set(standings.filter(({ until }) => until === null).flatMap((one) => one.judged?.owners ?? [])),
  ]
  const keys = { titleKey: digest(title, 8), ownersKey: digest(owners.toSorted(), 8) }
  const said = isBoard(wanted.id) ? ` ${sayLevels(report.judged)}.` : ''
  const head = `As of ${dayOf(report.at)}:${said}`
  const { text, left } = contentOf(parts, MOST_CHARACTERS - MARKER_ROOM - head.length)
  const marker = {
    id: wanted.id,
    level: worstOf(standings),
    hash,
    title: keys.titleKey,
    owners: keys.ownersKey,
    cut: left,
  }
  const body = `${printMarker(marker)}\n${head}\n\n${text}`
  return { title, body, hash, ...keys, owners: owners.filter(isLogin).slice(0, MOST_ASSIGNEES) }
}

/** The worst of what asks for attention. */
export function worstOf(standings: readonly Standing[]): Level {
  const active = standings.filter(({ until }) => until === null).map(({ level }) => level)
  return active.toSorted(byLevel)[0] ?? LEVELS[0]
}

/** An issue about one thing tells nothing of the others. */
function factsIn({ wanted, standings, report }: PageParts): unknown {
  const inOrder = wanted.judged.filter(({ level }) => level === 'ok').map(factsInOrder)
  return [standings.map(factsOf), inOrder, isBoard(wanted.id) ? report.notes.map(factsOfNote) : []]
}

function contentOf({ wanted, standings, settings, report }: PageParts, room: number): { text: string; left: number } {
  const { mentions } = settings
  if (isBoard(wanted.id))
    return printDashboard({ standings, report, mentions, room, byRepository: wanted.id === ORGANISATION })
  const [standing] = standings
  const text =
    standing === undefined ? printDone(wanted.judged[0] ?? null) : printFinding(standing, { at: report.at, mentions })
  return { text, left: 0 }
}

function titleOf({ id, judged: [judged] }: Wanted): string | null {
  if (id === DASHBOARD) return DASHBOARD_TITLE
  if (id === ORGANISATION) return ORGANISATION_TITLE
  return judged === undefined ? null : titleOfFinding(judged)
}
