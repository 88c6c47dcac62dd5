import { dayOf } from '../../day.ts'
import type { ToDo, ToDoItem } from '../../members/to-do.ts'
import type { Judged } from '../judged.ts'
import type { ValueAge } from '../secrets/value-age.ts'
import { judged } from '../subject.ts'

/** A variable as it is in a file today. */
export interface TodaysVariable {
  readonly environment: string | null
  readonly owners: readonly string[]
  /** Null where history says nothing. */
  readonly age: ValueAge | null
}

export interface ToDoQuestion {
  /** The file that the list is in, from the top of the repository. */
  readonly file: string
  readonly toDo: ToDo
  /** @returns null for a variable that is in no file any more */
  today(item: ToDoItem): TodaysVariable | null
}

/**
 * Judges what is to be rotated because somebody left: overdue until the value is known to be another than any that they could read. A
 * value that went and came back is no new one. Of one that is in no file any more nobody can see whether it still works: it stays until
 * its line is deleted.
 */
export function judgeToDo({ file, toDo, today }: ToDoQuestion): Judged[] {
  return toDo.secrets.map((item, index) => {
    const found = today(item)
    const state = found === null ? 'gone' : isNew(found.age, item) ? 'new' : 'same'
    const subject = {
      ...{ kind: 'secret' as const, name: item.name, environment: found?.environment ?? null },
      place: { file, line: FIRST_LINE + index },
      owners: found?.owners ?? [],
    }
    const known = `${item.sinceIsExact ? 'since' : 'since at least'} ${dayOf(item.since)}`
    return judged(subject, {
      rule: 'left-behind',
      level: state === 'new' ? 'ok' : state === 'gone' ? 'late' : 'overdue',
      message: `${whoOf(toDo)} could read it ${known}${WORDS[state]}`,
      since: item.since,
      sinceIsExact: item.sinceIsExact,
      due: null,
      end: null,
      reasons: [`${nameOf(toDo)} could read it in ${item.file} until ${dayOf(item.until)}`, ...reasonsOf(found)],
      advice: ADVICE[state],
    })
  })
}

function whoOf(toDo: ToDo): string {
  if (toDo.why === 'lockdown') return nameOf(toDo)
  return toDo.why === undefined ? `${toDo.member}, who left,` : `${nameOf(toDo)}, which will be broken some day,`
}

function nameOf({ member, why }: ToDo): string {
  return why === undefined ? member : CALLED[why]
}

const CALLED = {
  'post-quantum': 'keys that are not post-quantum',
  lockdown: 'whoever had a key before the lockdown',
}

/** The first secret of a list stands in this line: `printToDo`. */
const FIRST_LINE = 6

const WORDS = {
  new: '; it is another now',
  gone: '; it is in that file no more, and may still work',
  same: ', and it is not known to be another now',
}
const ADVICE = {
  new: 'Nothing; its line may be deleted.',
  gone: 'Revoke it with whoever issued it, and delete its line.',
  same: 'Rotate it.',
}

/** What bounds say counts: `earliest` is the first moment at which the value may have come. */
function isNew(age: ValueAge | null, { until }: ToDoItem): boolean {
  if (age === null || age.earliest === null) return false
  return age.earliest > until && (age.before === null || age.before > until)
}

function reasonsOf(found: TodaysVariable | null): string[] {
  if (found === null || found.age === null) return []
  const day = dayOf(found.age.since)
  return [
    found.age.evidence === 'value'
      ? `it has its value since ${day}`
      : `without a key, its encrypted line says no more than that its value is from ${day} or earlier`,
  ]
}
