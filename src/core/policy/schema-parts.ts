import * as v from 'valibot'
import { parseGlob } from '../glob/glob.ts'

/** What the sections of sealward.yml are made of. */

const PRIVATE = /AGE-(?:SECRET-KEY|PLUGIN)-|-----BEGIN/i

export const text = v.string()

/** A schema with the sentence that editors show. */
export function described<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(schema, v.description(description))
}

/** A text that matches; `otherwise` is what is said of one that does not, behind its place. */
export function matching(pattern: RegExp, otherwise: string) {
  return v.pipe(
    text,
    v.regex(pattern, ({ input }) =>
      PRIVATE.test(input)
        ? 'holds a private key: only public recipients belong here, and this key must be replaced'
        : otherwise,
    ),
  )
}

/** An optional list that has something in it where it is given. */
export function listOf<const Schema extends v.GenericSchema>(item: Schema, description: string) {
  return v.optional(described(v.pipe(v.array(item), v.minLength(1, 'must not be empty')), description))
}

/** A text, or a list of such texts that has something in it. */
export function oneOrMore<const Schema extends v.GenericSchema<string>>(item: Schema) {
  return v.union([item, v.pipe(v.array(item), v.minLength(1, 'must not be empty'))], 'must be text or a list of texts')
}

export const glob = v.pipe(
  text,
  v.check(
    (input) => typeof parseGlob(input) !== 'string',
    ({ input }) => `${String(parseGlob(input))}`,
  ),
)

export const pattern = v.pipe(text, v.minLength(1, 'must not be empty'))

export const date = v.pipe(
  text,
  v.isoDate('must be a date like 2027-01-31'),
  v.check(isOfCalendar, 'is a date that no calendar has'),
)

export const ruleName = matching(/^[a-z0-9-]{1,64}$/, 'is not the name of a rule')

/** Why something is let through. */
export const reason = matching(/\S/, 'must not be empty')

/** `2027-02-30` has the form of a date; only its way through a calendar shows that it is none. */
export function isOfCalendar(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
