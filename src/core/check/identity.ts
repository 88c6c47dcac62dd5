import { createHash } from 'node:crypto'
import type { Judged } from './judged.ts'

const CHARACTERS = 16

/**
 * The id by which an issue, a baseline or a dashboard knows the same question about the same thing again.
 *
 * It is a digest of names: whoever knows the repository can try names against it. It stands for a name, it does not keep it.
 *
 * @returns 16 characters of lower-case hexadecimal
 */
export function idOf({ kind, rule, name, place }: Pick<Judged, 'kind' | 'rule' | 'name' | 'place'>): string {
  const parts = [kind, rule, place?.file ?? '', name]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, CHARACTERS)
}
