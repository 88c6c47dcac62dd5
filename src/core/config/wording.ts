import type { BaseIssue } from 'valibot'
import { nearest } from '../policy/nearest.ts'
import type { Stray } from './strays.ts'
import type { Path } from './values.ts'

const NAME = /^[A-Za-z0-9._@+-]{1,64}$/

/**
 * What an issue says, to stand behind its place: "must be text". Valibot's own words quote what was received; these never do,
 * because a key that was pasted into the wrong line is received as well.
 */
export function wordsFor(issue: BaseIssue<unknown>): string {
  if (isAboutKey(issue)) return `needs the key ${String(issue.path?.at(-1)?.key)}`
  if (issue.input === null) return 'has no value'
  if (issue.type === 'string') return 'must be text (in quotes when it looks like something else)'
  if (issue.type === 'boolean') return 'must be true or false'
  return issue.type === 'array' ? 'must be a list' : 'must be a map of names and values'
}

/** An unknown key is not repeated: only what it was probably meant to be. */
export function wordsForStray(stray: Stray): string {
  if (stray.kind === 'list-for-map') return `${wordsForPath(stray.path)} must be a map of names and values`
  const guess = nearest(String(stray.path.at(-1)), stray.known)
  const hint = guess === null ? `known are ${stray.known.join(', ')}` : `did you mean ${guess}?`
  return `${wordsForPath(stray.path.slice(0, -1))} has an unknown key; ${hint}`
}

/** @returns `files[0].recipients`, and "the file" for the empty path */
export function wordsForPath(path: Path): string {
  const words = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${NAME.test(step) ? step : '*'}`))
  return path.length === 0 ? 'the file' : words.join('').replace(/^\./, '')
}

/** The place that an issue's words are about: a missing key is about the map that lacks it. */
export function pathOf(issue: BaseIssue<unknown>): Path {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
  return isAboutKey(issue) ? path.slice(0, -1) : path
}

/** The same to be printed: a name that is itself what is wrong is not repeated. */
export function shownPath(issue: BaseIssue<unknown>): Path {
  return issue.path?.at(-1)?.origin === 'key' && !isAboutKey(issue)
    ? [...pathOf(issue).slice(0, -1), '*']
    : pathOf(issue)
}

/** Valibot names the key that is missing, and `never` for one that is unknown. */
function isAboutKey({ type, expected }: BaseIssue<unknown>): boolean {
  return (type === 'strict_object' || type === 'object') && expected !== 'Object'
}
