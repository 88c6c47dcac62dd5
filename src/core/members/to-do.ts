import * as v from 'valibot'
import { SealwardError } from '../errors.ts'
import { parseJson } from '../json.ts'

/** What is to be rotated, because somebody left, keys that will be broken could read it, or everything is locked down. It holds no value. */
export interface ToDo {
  /** Who left, as sealward.yml called them; what the list is called where nobody did. */
  readonly member: string
  /** Absent where somebody left. */
  readonly why?: (typeof WHY)[number]
  readonly removed: Date
  readonly secrets: readonly ToDoItem[]
}

const WHY = ['post-quantum', 'lockdown'] as const

/** A secret that they could read. */
export interface ToDoItem {
  /** From the top of the repository. */
  readonly file: string
  readonly name: string
  readonly since: Date
  /** False where it may have been earlier. */
  readonly sinceIsExact: boolean
  /** The last moment at which they could. A value that came later they have not seen. */
  readonly until: Date
}

/** One file for everybody who left: branches on which others do never touch the same one. */
export const TO_DO_FILES = '.sealward/to-do/*.json'
export const TO_DO_BYTES = 16 * 1024 * 1024
const ITEMS = 100_000

const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
)
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
const Item = v.strictObject({ file: name, name, since: time, 'or-earlier': v.optional(v.literal(true)), until: time })
const ToDoText = v.strictObject({
  v: v.literal(1),
  member: name,
  why: v.optional(v.picklist(WHY)),
  removed: time,
  secrets: v.pipe(v.array(Item), v.maxLength(ITEMS)),
})

/** @returns where a list is kept: the name of a member is fit for a path */
export function toDoPath({ member, removed }: Pick<ToDo, 'member' | 'removed'>): string {
  return `.sealward/to-do/${timeText(removed).replaceAll(/[-:]/g, '')}-${member}.json`
}

/** A secret a line, so that a review sees what was crossed off, and whoever rotated one that is in no file any more can cross it off. */
export function printToDo({ member, why, removed, secrets }: ToDo): Uint8Array {
  // In the line of the member: `check` counts lines.
  const reason = why === undefined ? '' : `, "why": ${JSON.stringify(why)}`
  const head = [`"v": 1`, `"member": ${JSON.stringify(member)}${reason}`, `"removed": "${timeText(removed)}"`]
  const items = secrets.map(
    (item) =>
      `    ${JSON.stringify({
        file: item.file,
        name: item.name,
        since: timeText(item.since),
        ...(item.sinceIsExact ? {} : { 'or-earlier': true }),
        until: timeText(item.until),
      })}`,
  )
  const list = items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n  ]`
  return Buffer.from(`{\n${[...head, `"secrets": ${list}`].map((line) => `  ${line}`).join(',\n')}\n}\n`)
}

/** @throws SealwardError malformed */
export function readToDo(bytes: Uint8Array, file: string): ToDo {
  const read = v.safeParse(ToDoText, parseJson(bytes))
  if (!read.success)
    throw new SealwardError('malformed', 'this list of what to rotate cannot be read', {
      file,
      hint: 'take it back from git history; a line of it may be deleted whole, with its comma',
    })
  const { member, why, removed, secrets } = read.output
  return {
    ...{ member, removed, ...(why !== undefined && { why }) },
    secrets: secrets.map(({ 'or-earlier': earlier, ...item }) => ({ ...item, sinceIsExact: earlier === undefined })),
  }
}

/** With milliseconds: a value that came in the same second is not to be missed. */
function timeText(date: Date): string {
  return date.toISOString()
}
