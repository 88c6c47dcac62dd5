import { isOpaque } from '../../worth.ts'
import type { Family } from '../family.ts'

/** The long runs of letters and digits of a text of one line, where they were drawn at random. */
export const runs: Family = {
  name: 'runs of letters and digits',
  leaves: true,
  forms: ({ plain }) => opaqueRuns(plain),
}

/** No escaping touches them, so hiding them helps with spellings that nobody thought of. */
export function opaqueRuns(text: string): string[] {
  return (text.match(/[A-Za-z0-9]+/g) ?? []).filter(isOpaque)
}
