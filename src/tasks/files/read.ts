import type { Document } from '../../core/dotenv/document.ts'
import { printableName } from '../../core/dotenv/names.ts'
import { SealwardError } from '../../core/errors.ts'
import { nearest } from '../../core/policy/nearest.ts'
import { type Reading, type UnlockWorld, unlockPath } from '../steps/keys/unlock.ts'
import { type ReadingWorld, recordRead, watchOpening } from '../steps/ledger/record-read.ts'
import { tellOfLockdown } from '../steps/trust/lockdown.ts'

/** A read is written down where sealward.yml asks for it, and a file that does not open wherever there is a ledger. */
export type ReadWorld = UnlockWorld & ReadingWorld

/**
 * The variables of an encrypted file, with its comments and blank lines.
 *
 * @throws SealwardError not-found, no-identity, or any of docs/format.md section 10
 */
export async function decrypt(request: Reading & { readonly file: string }, world: ReadWorld): Promise<Document> {
  const { file } = request
  const { document, variables } = await watchOpening(file, world, () => unlockPath(file, request, world))
  await tellOfLockdown([file], world)
  await recordRead({ files: [file], names: [...variables.keys()] }, world)
  return document
}

/**
 * One variable.
 *
 * @throws SealwardError not-found with the nearest name when there is no such variable
 */
export async function get(
  request: Reading & { readonly file: string; readonly name: string },
  world: ReadWorld,
): Promise<string> {
  const { file, name } = request
  const opened = await watchOpening(file, world, () => unlockPath(file, request, world))
  await tellOfLockdown([file], world)
  const variable = opened.variables.get(name)
  if (variable !== undefined) {
    await recordRead({ files: [file], names: [name] }, world)
    return variable.value
  }
  const guess = nearest(name, [...opened.variables.keys()])
  throw new SealwardError('not-found', `${printableName(name)} is not in the file`, {
    file,
    hint: guess === null ? '`sealward list` shows the names' : `did you mean ${guess}?`,
  })
}
