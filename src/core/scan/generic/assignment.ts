import type { Detection } from '../detection.ts'
import type { ScanText } from '../engine/scan-text.ts'
import {
  BACKSLASH,
  CLOSE,
  HYPHEN,
  isBlank,
  isQuote,
  isWordByte,
  LINE_FEED,
  OPEN,
  SEMICOLON,
  SPACE,
  skipBlanks,
} from './bytes.ts'
import type { FileTraits } from './file-traits.ts'
import type { Join } from './join/join.ts'
import { joinAfter, mayJoin } from './join/join-after.ts'
import { SETTERS } from './join/method.ts'
import { judgeName, type NameVerdict } from './name/judge-name.ts'
import { type Extent, endOfName, startOfName } from './name/name-extent.ts'
import { bareEnd } from './place/bare-end.ts'
import { type Surrounding, surroundingOf } from './place/inside-string.ts'
import { RULE_OF, scoreOf } from './score.ts'
import { judgeValue } from './value/judge-value.ts'
import { hasQuoteAhead, mayBeSecret, readBare, readQuoted, type Value } from './value/read-value.ts'

/** The outcome at one literal: how far the name reaches, so that its other literals are skipped, and what was found. */
export interface Assignment {
  readonly nameEnd: number
  readonly detection: Detection | null
}

/** Looks at the name around a literal, and at the value that may follow it. `null` when no name stands there. */
export function readAssignment(text: ScanText, hit: number, traits: FileTraits): Assignment | null {
  const { bytes } = text
  const end = endOfName(bytes, hit)
  if (end === null) return null
  const start = mayJoin(bytes[end]) ? startOfName(bytes, hit) : null
  if (start === null) return { nameEnd: end, detection: null }
  const name = { start, end }
  const join = joinAfter(bytes, name, traits)
  return { nameEnd: end, detection: join === null ? null : judge(text, { name, join, traits }) }
}

interface Candidate {
  readonly name: Extent
  readonly join: Join
  readonly traits: FileTraits
}

function judge(text: ScanText, candidate: Candidate): Detection | null {
  const { bytes } = text
  const { join, traits } = candidate
  const quotedOnly = traits.syntax === 'code' && !mayBeSecret(bytes, join.at)
  if (quotedOnly && !hasQuoteAhead(bytes, join.at)) return null
  const quoted = join.kind === 'element' ? null : (readQuoted(bytes, join.at) ?? readDefault(bytes, candidate))
  if (quoted?.composed) return null
  if (quoted === null && (isQuote(bytes[join.at]) || quotedOnly)) return null
  const surrounding =
    quoted === null || join.kind === 'words' || join.kind === 'cell'
      ? surroundingOf(bytes, candidate.name.start)
      : 'plain'
  const value = quoted ?? readUnquoted(bytes, candidate, surrounding)
  if (value === null || value.end - value.start < 4) return null
  const name = nameText(text, candidate)
  const verdict = name === null ? null : judgeName(name)
  if (verdict === null || !fits(text, { candidate, value, surrounding })) return null
  return detect(text, { verdict, value, join, traits, surrounding })
}

interface Judged {
  readonly verdict: NameVerdict
  readonly value: Value
  readonly join: Join
  readonly traits: FileTraits
  readonly surrounding: Surrounding
}

function detect(text: ScanText, { verdict, value, join, traits, surrounding }: Judged): Detection | null {
  const quoted = value.quote !== 0
  const { end } = value
  const scheme = verdict.kind === 'auth' ? lengthOfScheme(text.slice(value.start, value.start + 24)) : 0
  const start = value.start + scheme
  const judged = judgeValue({ value: text.slice(start, end), quoted: quoted || join.kind === 'element' }, verdict)
  const comment = surrounding === 'comment'
  const score = scoreOf({ name: verdict, value: judged, join: join.kind, quoted, comment, traits })
  if (score === null) return null
  const [rule, severity] = RULE_OF[verdict.kind]
  return { rule, start, end, severity, ...score, shown: 0 }
}

/** The name as it is judged: without the method that is called on it, with the words that stand before a bare `key`. */
function nameText(text: ScanText, { name, join }: Candidate): string | null {
  const own = text.slice(name.start, name.end)
  if (join.kind === 'call' && own.includes('.')) return nameOfReceiver(own)
  return /^(?:key|token|secret)s?$/i.test(own) ? withWordsBefore(text, name) : own
}

/** `Token x`, `ApiKey x` in a header: the scheme is no part of the secret. */
function lengthOfScheme(value: string): number {
  return /^[A-Za-z][A-Za-z-]{2,14} +(?=\S)/.exec(value)?.[0].length ?? 0
}

/** `password.equals`: `password`; `password.encode`: no value is set there. */
function nameOfReceiver(own: string): string | null {
  const dot = own.lastIndexOf('.')
  const method = own.slice(dot + 1)
  if (SETTERS.has(method.toLowerCase())) return own.slice(0, dot)
  return judgeName(method) === null ? null : method
}

/** `API key: x`, `Secret Access Key = x`. */
function withWordsBefore(text: ScanText, name: Extent): string {
  let start = name.start
  for (let words = 0; words < 2 && text.bytes[start - 1] === SPACE && isWordByte(text.bytes[start - 2]); words += 1) {
    start -= 1
    while (start > name.start - 40 && isWordByte(text.bytes[start - 1])) start -= 1
  }
  return text.slice(start, name.end)
}

/** `process.env.SECRET || "x"`, `os.getenv("SECRET", "x")`: the default of a value that is read elsewhere. */
function readDefault(bytes: Uint8Array, { join, traits }: Candidate): Value | null {
  if (traits.syntax !== 'code' || (join.kind !== 'assign' && join.kind !== 'call') || !isWordByte(bytes[join.at]))
    return null
  let depth = 0
  for (let at = join.at; at < join.at + 120 && bytes[at] !== LINE_FEED && bytes[at] !== SEMICOLON; at += 1) {
    if (bytes[at] === OPEN) depth += 1
    else if (bytes[at] === CLOSE) depth -= 1
    if (depth === 0 && isDefaultMark(bytes, at)) return readQuoted(bytes, skipBlanks(bytes, at + 2))
  }
  return null
}

/** `||`, `??`, `?:`, ` or `. A comma is taken by the name in the call itself. */
function isDefaultMark(bytes: Uint8Array, at: number): boolean {
  const [byte, next] = [bytes[at], bytes[at + 1]]
  if (byte === 0x7c || byte === 0x3f) return next === byte || (byte === 0x3f && next === 0x3a)
  return byte === 0x6f && next === 0x72 && isBlank(bytes[at - 1]) && isBlank(bytes[at + 2])
}

function readUnquoted(bytes: Uint8Array, candidate: Candidate, surrounding: Surrounding): Value | null {
  const ends = bareEnd(bytes, { ...candidate, surrounding })
  return ends === null ? null : readBare(bytes, candidate.join.at, ends)
}

/** Whether the text around allows a value here at all. */
function fits(
  text: ScanText,
  {
    candidate,
    value,
    surrounding,
  }: { readonly candidate: Candidate; readonly value: Value; readonly surrounding: Surrounding },
): boolean {
  const { join, traits } = candidate
  if (join.kind === 'call') return !isLookup(text, candidate)
  if (value.quote !== 0)
    return (
      (join.kind !== 'words' && join.kind !== 'cell') ||
      !/^pass$/i.test(text.slice(candidate.name.start, candidate.name.end))
    )
  if (value.end - value.start > 512) return false
  if (join.kind === 'element') return text.bytes[value.end + 1] === 0x2f
  if (join.kind === 'pair' && join.quotedName && text.bytes[candidate.name.start] === HYPHEN) return true
  const one = !/\s/.test(text.slice(value.start, value.end))
  if (surrounding === 'string')
    return join.tight || isQuote(text.bytes[value.end]) || text.bytes[value.end] === BACKSLASH
  if (join.kind === 'words' || join.kind === 'cell' || surrounding === 'comment') return one
  return (
    traits.syntax === 'config' || join.tight || !/^pass$/i.test(text.slice(candidate.name.start, candidate.name.end))
  )
}

/** `t("..")`-like calls named `key(...)` or `token(...)` look things up; `password("x")`, `setSecretKey("x")` set them. */
function isLookup(text: ScanText, { name }: Candidate): boolean {
  return /^(?:get|find|has(?!h)|is|validate|remove|delete|lookup|fetch|read|load|parse|decode|test|it|describe|log|print|key|token)/i.test(
    text.slice(name.start, name.end).replace(/^.*\./, ''),
  )
}
