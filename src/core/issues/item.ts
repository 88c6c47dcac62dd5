import { LEVELS, type Level } from '../check/judged.ts'

/** What the body remembers of one thing in it, and what a person did with the box before it. */
export interface Item {
  /** Of what was judged. */
  readonly id: string
  /** When the body was written; never `ok`. */
  readonly level: Level
  readonly ticked: boolean
  /** The last day of the snooze and its end, as `2027-01-31`: the date that a person sees and may have changed, else ours. */
  readonly until: string | null
}

const HIDDEN = new RegExp(
  `<!-- sealward:item id=([0-9a-f]{16}) level=(${LEVELS.slice(1).join('|')})(?: until=(\\d{4}-\\d\\d-\\d\\d))? -->\\s*$`,
)
const BOX = /^\s{0,3}[-*] \[([ xX])\] /
const SEEN = /snoozed until (\d{4}-\d\d-\d\d)/
/** What GitHub keeps of a body is shorter, and so is a line of ours. */
const MOST = { body: 70_000, hidden: 120 }

/**
 * @param text inline Markdown in which everything that came from elsewhere is escaped, so that it can forge neither date nor memory
 * @returns a line of a list, without a line end
 */
export function printItem({ id, level, ticked, until }: Item, text: string): string {
  const date = until === null ? '' : ` until=${until}`
  const seen = until === null ? '' : ` (snoozed until ${until})`
  return `- [${ticked ? 'x' : ' '}] ${text}${seen} <!-- sealward:item id=${id} level=${level}${date} -->`
}

/** @returns what a body remembers, by id; a line that a person took out or broke is not there */
export function parseItems(body: string): ReadonlyMap<string, Item> {
  const lines = body.slice(0, MOST.body).split('\n')
  return new Map(lines.flatMap((line) => parseLine(line)).map((item) => [item.id, item]))
}

function parseLine(line: string): Item[] {
  const box = BOX.exec(line)
  const hidden = box === null ? null : HIDDEN.exec(line.slice(-MOST.hidden))
  if (box === null || hidden === null) return []
  const [, id = '', level, until = null] = hidden
  const ticked = box[1] !== ' '
  return [{ id, level: level as Level, ticked, until: SEEN.exec(line)?.[1] ?? until }]
}
