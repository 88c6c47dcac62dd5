import type { CheckReport, SubjectPlace } from '../check/judged.ts'
import { hideNames, type NameStyle } from '../report/check/names.ts'

/**
 * A report as an issue may tell it. Lines are left out: they move whenever somebody adds one above, and an issue that follows them would be
 * written for nothing.
 */
export function reportForIssues(report: CheckReport, names: NameStyle): CheckReport {
  const { at, judged, notes } = hideNames(report, names)
  return {
    at,
    judged: judged.map((one) => ({ ...one, place: one.place === null ? null : fileOf(one.place) })),
    notes: notes.map((note) => (note.place === undefined ? note : { ...note, place: fileOf(note.place) })),
  }
}

function fileOf({ file }: SubjectPlace): SubjectPlace {
  return { file }
}
