import type { CheckNote, CheckReport, Judged, SubjectPlace } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { inertJson } from '../scan/json/inert-json.ts'
import type { CheckDocument } from './json-shape.ts'
import { countEach, nextDueOf } from './words.ts'

/** A check's whole answer as a JSON document after docs/check.schema.json, in ASCII. Ends with a line end. */
export function printCheckJson(report: CheckReport, version: string): string {
  return `${inertJson(documentOf(report, version), 2)}\n`
}

/** The same as data. */
export function documentOf(report: CheckReport, version: string): CheckDocument {
  return {
    version: 1,
    tool: { name: 'sealward', version },
    at: report.at.toISOString(),
    counts: countEach(report.judged),
    nextDue: isoOf(nextDueOf(report)),
    judged: report.judged.toSorted(byUrgency).map(objectOf),
    notes: report.notes.map(noteOf),
  }
}

/** A document read again: `documentOf` of it is the same. */
export function reportOf({ at, judged, notes }: CheckDocument): CheckReport {
  const dated = judged.map(({ since, due, end, ...one }) => ({
    ...one,
    since: dateOf(since),
    due: dateOf(due),
    end: dateOf(end),
  }))
  return { at: new Date(at), judged: dated, notes }
}

/** The members by name and in one order: whatever else one may hold some day is not published by accident. */
function objectOf(judged: Judged): CheckDocument['judged'][number] {
  const { id, kind, rule, level, name, environment, place, message } = judged
  const { since, sinceIsExact, due, end, owners, reasons, advice } = judged
  const times = { since: isoOf(since), sinceIsExact, due: isoOf(due), end: isoOf(end) }
  const words = { owners: [...owners], reasons: [...reasons], advice }
  return { id, kind, rule, level, name, environment, place: place && placeOf(place), message, ...times, ...words }
}

function noteOf({ message, place, hint }: CheckNote): CheckDocument['notes'][number] {
  return {
    message,
    ...(place === undefined ? {} : { place: placeOf(place) }),
    ...(hint === undefined ? {} : { hint }),
  }
}

function placeOf({ file, line }: SubjectPlace): { file: string; line?: number } {
  return { file, ...(line === undefined ? {} : { line }) }
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

function isoOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}
