import { openSignedNames } from '../../adapters/files/names.ts'
import { findTop } from '../../adapters/files/sources/paths.ts'
import { openActors } from '../../adapters/git/settings/user.ts'
import type { LedgerEvent } from '../../core/ledger/event.ts'
import { openLedger } from '../../tasks/steps/ledger/open-ledger.ts'
import type { Clock, Configs, Files } from '../../tasks/world.ts'

/** Writes down what a command does, where the repository that this process stands in keeps a ledger. */
export async function writeDown(
  event: LedgerEvent,
  world: { readonly files: Files; readonly configs: Configs; readonly clock: Clock },
): Promise<readonly string[]> {
  const top = findTop(process.cwd())
  if (top === null) return []
  const names = openSignedNames(process.cwd())
  return openLedger({ ...world, top, names, actors: openActors(process.env) }).append(event)
}
