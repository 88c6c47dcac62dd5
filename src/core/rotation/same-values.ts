import { isDeepStrictEqual } from 'node:util'
import type { OpenedFile } from '../envelope/decrypt.ts'
import { SealwardError } from '../errors.ts'

/**
 * Holds what was read back against what was there: every variable, comment and blank line, in order, and which of the values are encrypted.
 *
 * @throws SealwardError internal, which names no variable: nothing is to be replaced then
 */
export function requireSameValues(before: OpenedFile, after: OpenedFile): void {
  const isSame = isDeepStrictEqual(before.document, after.document) && sameSealing(before, after)
  if (!isSame)
    throw new SealwardError('internal', 'the file that was made says something else than the one it was made of', {
      hint: 'nothing was replaced; please report this',
    })
}

function sameSealing({ variables: before }: OpenedFile, { variables: after }: OpenedFile): boolean {
  return (
    before.size === after.size && [...before].every(([name, { encrypted }]) => after.get(name)?.encrypted === encrypted)
  )
}
