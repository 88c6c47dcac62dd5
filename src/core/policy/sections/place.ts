/** Where something stands, for people: `sealward.yml:12`. Not the folder: a report of one machine is read on others. */
export function placeOf(file: string, line: number): string {
  return `${file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)}:${line}`
}
