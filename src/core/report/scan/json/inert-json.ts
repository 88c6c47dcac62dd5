/** Everything but printable ASCII and the line end. */
const OTHER = /[^\x20-\x7e\n]/g

/**
 * JSON in ASCII, whatever the strings hold: a name can neither write to a terminal nor reorder a line when the document is printed,
 * and a reader of JSON gets it back as it was. `##[` is a command to the runner of a workflow wherever it stands in a log, so its
 * bracket is escaped too; outside of strings JSON has no `#`.
 */
export function inertJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(OTHER, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '##\\u005b')
}
