import * as v from 'valibot'
import { LEVELS } from '../../check/judged.ts'

/**
 * What `sealward check --format json` prints: the one definition, from which the type and docs/check.schema.json derive. Within a
 * version members are added and never taken away or given another meaning.
 */

function described<const Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.pipe(schema, v.description(description))
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const position = v.pipe(v.number(), v.integer(), v.minValue(1))
const moment = v.pipe(v.string(), v.isoTimestamp())

const PlaceShape = v.object({
  file: described(v.string(), "From the top of the repository, with '/' separators."),
  line: v.exactOptional(described(position, 'From 1. Absent when the whole file is meant.')),
})

const KINDS = ['secret', 'token', 'certificate', 'crl', 'endpoint', 'recipient', 'key', 'file', 'exemption'] as const

const JudgedShape = v.object({
  id: described(v.string(), 'The same for the same question about the same thing, over time and on every machine.'),
  kind: described(v.picklist(KINDS), 'What was judged.'),
  rule: described(v.string(), 'The question, by a name that is stable across releases.'),
  level: described(v.picklist(LEVELS), 'How urgent it is, from ok to overdue.'),
  name: described(v.string(), 'What it is called; a digest or its kind where names are hidden.'),
  environment: described(v.nullable(v.string()), 'The environment it belongs to.'),
  place: described(v.nullable(PlaceShape), 'Where it stands; of an encrypted value the line of its name.'),
  message: described(v.string(), 'The verdict, without the name and without any part of a secret.'),
  since: described(v.nullable(moment), 'The last change, or the first day of its validity.'),
  sinceIsExact: described(v.boolean(), 'False when it is at least that old.'),
  due: described(v.nullable(moment), 'When it should be done.'),
  end: described(v.nullable(moment), 'When it stops working, or counts as overdue.'),
  owners: described(v.array(v.string()), 'Logins, teams, or free words.'),
  reasons: described(v.array(v.string()), 'Why, and what decided.'),
  advice: described(v.string(), 'The one step that mends it.'),
})

const NoteShape = v.object({
  message: described(v.string(), 'What could not be looked at.'),
  place: v.exactOptional(PlaceShape),
  hint: v.exactOptional(described(v.string(), 'What next.')),
})

export const CheckDocumentShape = v.object({
  version: described(v.literal(1), 'The version of this format.'),
  tool: described(v.object({ name: v.literal('sealward'), version: v.string() }), 'What wrote the document.'),
  at: described(moment, 'The moment that everything was judged at, in ISO 8601.'),
  counts: described(
    v.object({ ok: count, due: count, late: count, critical: count, overdue: count }),
    'How many there are of each level.',
  ),
  nextDue: described(v.nullable(moment), 'The next day on which something should be done; null when nobody knows one.'),
  judged: described(v.array(JudgedShape), 'Everything that was judged, also what is ok; the most urgent first.'),
  notes: described(v.array(NoteShape), 'What could not be looked at, and so is not judged.'),
})

export type CheckDocument = v.InferOutput<typeof CheckDocumentShape>
