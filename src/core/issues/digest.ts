import { createHash } from 'node:crypto'

/** @returns so many characters of lower-case hexadecimal that stand for a value of JSON */
export function digest(value: unknown, characters: number): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, characters)
}
