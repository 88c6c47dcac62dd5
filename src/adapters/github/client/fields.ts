import { SealwardError } from '../../../core/errors.ts'

/**
 * Readers of what GitHub sends: the field in the shape that its description promises, or the end. A proxy that answers 200 with a page
 * of its own is found here.
 */

export type Fields = Readonly<Record<string, unknown>>

/** @throws SealwardError unavailable, like all of these, naming the field */
export function fieldsOf(data: unknown): Fields {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw foreign('an object')
  return data as Fields
}

/** Lists come bare, or below a name beside `total_count`. */
export function listOf(data: unknown, name?: string): readonly Fields[] {
  const list = name === undefined ? data : fieldsOf(data)[name]
  if (!Array.isArray(list)) throw foreign(name ?? 'a list')
  return list.map(fieldsOf)
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string') throw foreign(name)
  return value
}

/** null, or nothing at all, is null. */
export function textOrNull(fields: Fields, name: string): string | null {
  return isNothing(fields[name]) ? null : textOf(fields, name)
}

export function countOf(fields: Fields, name: string): number {
  const value = fields[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw foreign(name)
  return value
}

export function dateOf(fields: Fields, name: string): Date {
  const date = new Date(textOf(fields, name))
  if (Number.isNaN(date.getTime())) throw foreign(name)
  return date
}

export function dateOrNull(fields: Fields, name: string): Date | null {
  return isNothing(fields[name]) ? null : dateOf(fields, name)
}

/** Who: null for an account that is gone. */
export function loginOf(fields: Fields, name: string): string | null {
  return isNothing(fields[name]) ? null : textOf(fieldsOf(fields[name]), 'login')
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}

function foreign(what: string): SealwardError {
  return new SealwardError('unavailable', `what answered is not GitHub's API: ${what} is missing in it`, {
    hint: 'does GITHUB_API_URL, or a proxy, lead elsewhere?',
  })
}
