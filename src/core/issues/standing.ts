import { type Judged, LEVELS, type Level } from '../check/judged.ts'
import { dayOf } from '../day.ts'
import type { Item } from './item.ts'
import type { OwnIssue } from './own.ts'
import type { Wanted } from './wanted.ts'

/** Where one thing stands in an issue that is about to be written. */
export interface Standing {
  readonly id: string
  /** Null when it was not looked at this time. */
  readonly judged: Judged | null
  /** Never `ok`. */
  readonly level: Level
  /** The day on which its snooze ends; null when it asks for attention. */
  readonly until: string | null
  /** What the issue's readers have not been told. */
  readonly news: News | null
}

/** `woke`: its snooze is over. */
export interface News {
  readonly kind: 'new' | 'worse' | 'better' | 'woke'
  readonly before: Level
}

export interface Moment {
  readonly now: Date
  /** Whether what was not judged this time, by its id, is not there any more. */
  readonly isSettled: (id: string) => boolean
}

const SNOOZE = /^sealward:snooze-([1-9][0-9]{0,2})d$/
const SNOOZE_DAYS = 30
const MOST_DAYS = 365
const DAY_MS = 86_400_000

/**
 * What of an issue is not in order, compared with what it says now and with what people did to it: a ticked box or a label snoozes, with
 * or without a date, until that day or until it gets worse.
 *
 * Dates are read from the body and never from comments: everybody can comment in a public repository.
 */
export function standingsOf({ judged }: Wanted, own: OwnIssue | null, moment: Moment): Standing[] {
  const seen = new Set(judged.map(({ id }) => id))
  const memory = own?.items ?? new Map<string, Item>()
  const standings = judged
    .filter(({ level }) => level !== 'ok')
    .map((one) => stand(one, memory.get(one.id) ?? null, { own, now: moment.now }))
  const unseen = [...memory.values()].filter(({ id }) => !seen.has(id) && !moment.isSettled(id))
  return [...standings, ...unseen.map((item) => unlooked(item, own, moment.now))]
}

/** The days of a label that snoozes; null when it is another. */
export function snoozeDays(label: string): number | null {
  const days = SNOOZE.exec(label)?.[1]
  return days === undefined ? null : Math.min(Number(days), MOST_DAYS)
}

/** @returns -1, 0 or 1: the more urgent level first */
export function byLevel(one: Level, other: Level): number {
  return Math.sign(LEVELS.indexOf(other) - LEVELS.indexOf(one))
}

interface Around {
  readonly own: OwnIssue | null
  readonly now: Date
}

function stand(judged: Judged, item: Item | null, { own, now }: Around): Standing {
  const { id, level } = judged
  const before = item?.level ?? unlisted(own)
  const worse = byLevel(level, before) < 0
  const asked = worse ? null : snoozeOf(item, own, now)
  const over = asked !== null && asked <= dayOf(now)
  const until = over ? null : asked
  const told = item === null ? !worse : level === before
  if (until !== null || (!over && told)) return { id, judged, level, until, news: null }
  const kind = over ? 'woke' : before === 'ok' ? 'new' : worse ? 'worse' : 'better'
  return { id, judged, level, until, news: { kind, before } }
}

/** What had no room was told as a number: it is news when it is worse than the least that had. */
function unlisted(own: OwnIssue | null): Level {
  if (own === null || own.marker.cut === 0) return 'ok'
  return (
    [...own.items.values()]
      .map(({ level }) => level)
      .toSorted(byLevel)
      .at(-1) ?? 'ok'
  )
}

function unlooked(item: Item, own: OwnIssue | null, now: Date): Standing {
  const asked = snoozeOf(item, own, now)
  const until = asked !== null && asked <= dayOf(now) ? null : asked
  return { id: item.id, judged: null, level: item.level, until, news: null }
}

/** The day on which a snooze ends that somebody asked for, which may be past; null when nobody did. An item has an issue that it stands in. */
function snoozeOf(item: Item | null, own: OwnIssue | null, now: Date): string | null {
  if (item === null) return null
  if (item.ticked) return within(item.until, now) ?? daysFrom(now, SNOOZE_DAYS)
  const days = own!.issue.labels.map(snoozeDays).find((one) => one !== null)
  return days == null ? null : daysFrom(now, days)
}

/** A date that a person wrote may be none, and may be far away. */
function within(until: string | null, now: Date): string | null {
  const date = until === null ? null : new Date(`${until}T00:00:00Z`)
  if (date === null || Number.isNaN(date.getTime())) return null
  return dayOf(new Date(Math.min(date.getTime(), now.getTime() + MOST_DAYS * DAY_MS)))
}

function daysFrom(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() + days * DAY_MS))
}
