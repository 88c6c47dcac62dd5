import { SealwardError } from '../errors.ts'

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Deeper than anything that is written here. What is read may be deeper, and would cost stack. */
const MAX_DEPTH = 16

/**
 * The one spelling of a value after RFC 8785: no blanks, members by the UTF-16 units of their names, numbers and strings as ECMAScript
 * writes them. That is what JSON.stringify does for both (RFC 8785 sections 3.2.2.2 and 3.2.2.3), but for what the RFC refuses.
 *
 * @throws SealwardError malformed for what has no such spelling: a number that is none or has no end, half a surrogate pair, a value that
 * is nested too deeply
 */
export function canonicalJson(value: Json, depth = 0): string {
  if (depth > MAX_DEPTH) throw malformed('is nested too deeply')
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  return `{${canonicalMembers(value, depth).join(',')}}`
}

/** The members of a map, spelled and in order: `"name":value`. */
export function canonicalMembers(map: { readonly [name: string]: Json }, depth = 0): string[] {
  return Object.keys(map)
    .sort(byUnits)
    .map((name) => `${canonicalText(name)}:${canonicalJson(map[name]!, depth + 1)}`)
}

/** RFC 8785 section 3.2.3: whatever the language of the reader, in the order of UTF-16 units. */
export function byUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw malformed('has half a character in a text')
  return JSON.stringify(text)
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw malformed('has a number that JSON has no words for')
  return JSON.stringify(number)
}

/** Array.isArray does not see that a readonly list is one. */
function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

function malformed(what: string): SealwardError {
  return new SealwardError('malformed', what)
}
