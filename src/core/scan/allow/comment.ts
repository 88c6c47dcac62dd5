import { isOfCalendar } from '../../policy/schema-parts.ts'
import type { ScanText } from '../engine/scan-text.ts'
import { type Covers, FOREIGN_MARKERS } from './foreign-markers.ts'
import { readReason } from './reason.ts'

/** An allowance that stands in the text itself, mostly in a comment of its language. */
export interface Comment {
  /** `sealward:allow`, or what another tool calls it. */
  readonly marker: string
  /** Where the marker stands, from 1; the column in bytes. */
  readonly line: number
  readonly column: number
  /** The first and the last line that it is about. */
  readonly from: number
  readonly to: number
  /** By name, or `*`; null for what other tools look for. */
  readonly rules: readonly string[] | null
  /** Null when it gives none. */
  readonly reason: string | null
  /** The last day on which it counts; null for no end, '' for a day that there is not. */
  readonly expires: string | null
  /** The column at which the comment is closed; null when it goes on to the end of its line. */
  readonly closedAt: number | null
}

/** More are not looked for: the file is made to be slow. */
export const MAX_COMMENTS = 2000
export const MARKER = 'sealward:allow'
/** Behind the marker: rules, a last day, a reason. No two parts of it can take the same character. */
const FORM = /^[ \t]+([a-z0-9*-]+(?:,[ \t]*[a-z0-9*-]+)*):?(?:[ \t]+until=(\S{1,64}))?(?:[ \t]+(.*))?$/
/** What may stand before a comment that is alone on its line: marks of comments, no words but REM and dnl; in JSON, a name. */
const OPENING = /^[\s#/*;%'"<!{([-]*(?:rem|dnl)?[ \t]*$|^[ \t{]*"[^"]{0,64}"[ \t]{0,8}:[ \t]{0,8}"$/i
const LINE_FEED = 10

/**
 * Finds all allowances in a text: our own, and those of gitleaks, betterleaks, detect-secrets, secretlint and trufflehog. It looks for
 * the marker anywhere on a line, because every language has comments of its own. A line that reaches further than 2,048 bytes to
 * either side of the marker counts for nothing: a comment in a minified file would allow all of it.
 *
 * @returns them by line; at most `MAX_COMMENTS` of each kind. Linear in the text.
 */
export function findComments(text: ScanText): Comment[] {
  const found = FOREIGN_MARKERS.flatMap((kind) =>
    kind.read(placesOf(text, kind.needle)).map((covers) => foreignComment(covers)),
  )
  const own = placesOf(text, MARKER).flatMap((place) => ownComment(place))
  return [...found, ...chained(own)].sort((one, other) => one.line - other.line || one.column - other.column)
}

/** A marker and its line. */
export interface MarkerPlace {
  readonly line: number
  /** From 1, in bytes. */
  readonly column: number
  readonly before: string
  /** What follows the needle that was looked for, to the end of the line. */
  readonly behind: string
  /** The last line of the text. */
  readonly lastLine: number
}

function placesOf(text: ScanText, needle: string): MarkerPlace[] {
  const buffer = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.length)
  const places: MarkerPlace[] = []
  for (let at = buffer.indexOf(needle); at >= 0 && places.length < MAX_COMMENTS; ) {
    const place = placeAt(text, at, needle)
    if (place !== null) places.push(place)
    at = buffer.indexOf(needle, at + needle.length)
  }
  return places
}

/** Null on a line that is too long. */
function placeAt(text: ScanText, at: number, needle: string): MarkerPlace | null {
  const start = text.lineStart(at)
  const end = text.lineEnd(at)
  const whole =
    (start === 0 || text.code(start - 1) === LINE_FEED) && (end === text.length || text.code(end) === LINE_FEED)
  if (!whole) return null
  return {
    line: text.lineOf(at),
    column: at - start + 1,
    before: text.slice(start, at),
    behind: text.slice(at + needle.length, end).trimEnd(),
    lastLine: text.lineOf(text.length),
  }
}

function ownComment({ line, column, before, behind }: MarkerPlace): Comment[] {
  const bare = behind === ''
  const [all, rules = '', until, given = ''] = bare ? [''] : (FORM.exec(behind) ?? [])
  if (all === undefined) return [] // prose about the marker
  const { reason, closedAt } = readReason(given)
  const offset = column + MARKER.length + behind.length - given.length
  const alone = OPENING.test(before) && (closedAt === null || /^\W*$/.test(given.slice(closedAt)))
  return [
    {
      ...{ marker: MARKER, line, column, from: line, to: alone ? line + 1 : line },
      rules: rules === '' ? [] : rules.split(/,[ \t]*/),
      reason,
      expires: until === undefined ? null : isOfCalendar(until) ? until : '',
      closedAt: closedAt === null ? null : offset + closedAt,
    },
  ]
}

/** Of several comments above a line, one below the other, each is about that line. */
function chained(comments: readonly Comment[]): Comment[] {
  const made: Comment[] = []
  for (const comment of comments.toReversed()) {
    const below = made.at(-1)
    const reaches = below !== undefined && below.to > below.line && comment.to === below.line
    made.push(reaches ? { ...comment, to: below.to } : comment)
  }
  return made
}

function foreignComment({ marker, place: { line, column }, from, to }: Covers): Comment {
  return { marker, line, column, from, to, rules: null, reason: marker, expires: null, closedAt: null }
}
