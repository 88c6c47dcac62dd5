import type { Document } from '../core/dotenv/document.ts'
import { printableName } from '../core/dotenv/names.ts'
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'
import { type Reading, type UnlockWorld, unlockPath } from './steps/keys/unlock.ts'

/**
 * The variables of an encrypted file, with its comments and blank lines.
 *
 * @throws SealwardError not-found, no-identity, or any of docs/format.md section 10
 */
export async function decrypt(request: Reading & { readonly file: string }, world: UnlockWorld): Promise<Document> {
  return (await unlockPath(request.file, request, world)).document
}

/**
 * One variable.
 *
 * @throws SealwardError not-found with the nearest name when there is no such variable
 */
export async function get(
  request: Reading & { readonly file: string; readonly name: string },
  world: UnlockWorld,
): Promise<string> {
  const opened = await unlockPath(request.file, request, world)
  const variable = opened.variables.get(request.name)
  if (variable !== undefined) return variable.value
  const guess = nearest(request.name, [...opened.variables.keys()])
  throw new SealwardError('not-found', `${printableName(request.name)} is not in the file`, {
    file: request.file,
    hint: guess === null ? '`sealward list` shows the names' : `did you mean ${guess}?`,
  })
}
