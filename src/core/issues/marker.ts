import { LEVELS, type Level } from '../check/judged.ts'

export const DASHBOARD = 'dashboard'
/** The dashboard of an organisation stands in one of its repositories, which may have one of its own. */
export const ORGANISATION = 'organisation'

/** What an issue's body says about itself, unseen by its readers. */
export interface Marker {
  /** `dashboard`, `organisation`, or the id of what was judged. */
  readonly id: string
  /** The worst of what asked for attention when the body was written; `ok` when nothing did, and the issue was left closed. */
  readonly level: Level
  /** Of the facts that the body tells: the same facts are not written twice. */
  readonly hash: string
  /** Of the title as we wrote it: a title that a person gave it stays. */
  readonly title: string
  /** Of the owners as we knew them: a person who was taken off stays off. */
  readonly owners: string
  /** How many had no room in the body. */
  readonly cut: number
}

const LINE = new RegExp(
  `^<!-- sealward:v1 id=(${DASHBOARD}|${ORGANISATION}|[0-9a-f]{16}) level=(${LEVELS.join('|')}) hash=([0-9a-f]{16}) ` +
    'title=([0-9a-f]{8}) owners=([0-9a-f]{8}) cut=([0-9]{1,6}) -->$',
)
const LONGEST = 200

/** Whether an issue is about everything. */
export function isBoard(id: string): boolean {
  return id === DASHBOARD || id === ORGANISATION
}

/** The first line of a body, without a line end. */
export function printMarker({ id, level, hash, title, owners, cut }: Marker): string {
  return `<!-- sealward:v1 id=${id} level=${level} hash=${hash} title=${title} owners=${owners} cut=${cut} -->`
}

/**
 * Only the first line counts: a marker that somebody quotes, or pastes into a report about us, stands further down.
 *
 * @returns null when the body does not begin with a marker of this version
 */
export function parseMarker(body: string): Marker | null {
  const [first = ''] = body.slice(0, LONGEST).split(/\r?\n/, 1)
  const match = LINE.exec(first)
  if (match === null) return null
  const [, id, level, hash, title, owners, cut] = match as unknown as string[]
  return { id: id!, level: level as Level, hash: hash!, title: title!, owners: owners!, cut: Number(cut) }
}
