import { join } from 'node:path'
import { openFiles } from '../../adapters/files/files.ts'
import { openFinder } from '../../adapters/files/find.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFolder } from '../../adapters/files/sources/folder.ts'
import { findTop } from '../../adapters/files/sources/paths.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openActors } from '../../adapters/git/settings/user.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import type { AuditWorld } from '../../tasks/ledger/audit-verify.ts'
import type { KeeperWorld } from '../../tasks/ledger/audit-write.ts'
import type { ReadWorld } from '../../tasks/steps/ledger/read.ts'
import type { World } from '../world.ts'

/** The ledger of the repository that this process stands in, to be read. */
export function openLedgerFiles(): ReadWorld {
  const files = openFiles({ regularOnly: true })
  return {
    files: { read: (path, maxBytes) => files.read(join(topHere(), path), maxBytes) },
    finder: openFinder(join(topHere(), '.sealward')),
  }
}

/** The same, to be written. */
export function openKeeper({ files, clock }: Pick<World, 'files' | 'clock'>): KeeperWorld {
  return { files, clock, top: topHere(), actors: openActors(process.env), reading: openLedgerFiles() }
}

/** The same, to be held against its repository. @throws SealwardError git */
export async function openAudit({ clock }: Pick<World, 'clock'>): Promise<AuditWorld> {
  const top = topHere()
  const reading = openLedgerFiles()
  return {
    ...reading,
    clock,
    configs: openConfigsFrom(top, openFiles({ regularOnly: true })),
    source: (await openTree(top)) ?? openFolder(top),
    history: openFileHistory(),
  }
}

function topHere(): string {
  return findTop(process.cwd()) ?? process.cwd()
}
