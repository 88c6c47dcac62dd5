import { VARIABLE_NAME } from '../dotenv/document.ts'
import { judgeName } from './names.ts'

/** The variable in which a step tells later ones what it exported: names alone. */
export const EXPORTED_NAME = 'SEALWARD_EXPORTED'

export type ExportedNames = readonly string[]

/** Half of what Linux lets one variable hold: this list must never be why a later step does not start. */
const LONGEST = 64 * 1024

/** The names in one line; the last ones are left out where they would make it too long for an environment. */
export function printExported(names: ExportedNames): string {
  const distinct = [...new Set(names)].join(',')
  return distinct.length <= LONGEST ? distinct : distinct.slice(0, distinct.lastIndexOf(',', LONGEST))
}

/**
 * Reads the list back. Any step of the job can write it, so it is only believed about names that this step could have exported itself:
 * else it would be a way to have PATH emptied. Whoever can write the list can write those variables as well.
 */
export function readExported(text: string | undefined, allowNames: readonly string[]): ExportedNames {
  const names = (text ?? '').slice(0, 2 * LONGEST).split(',')
  return [...new Set(names)].filter((name) => VARIABLE_NAME.test(name) && mayBeOurs(name, allowNames))
}

function mayBeOurs(name: string, allowNames: readonly string[]): boolean {
  const verdict = judgeName(name, 'job')
  return verdict === 'ok' || (verdict === 'denied' && allowNames.includes(name))
}
