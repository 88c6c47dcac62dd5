import { SealwardError } from '../../../core/errors.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import type { RotationBranch, RotationCommit } from '../../world/git/rotation-branch.ts'
import type { Actors } from '../../world/ledger.ts'
import type { Clock, Configs, Files } from '../../world.ts'
import { openLedger } from '../ledger/open-ledger.ts'

type FileChange = RotationCommit['files'][number]

/** A branch whose ledger is written. */
export interface BranchLedger {
  readonly branch: Pick<RotationBranch, 'read'>
  readonly world: { readonly clock: Clock; readonly actors: Actors; readonly configs: Configs }
}

/**
 * Adds the entry of the ledger to what is committed, where the repository keeps one: the branch's ledger, not that of the working tree.
 *
 * @throws SealwardError as `Ledger` does
 */
export async function withLedger(
  own: readonly FileChange[],
  event: LedgerEvent,
  run: BranchLedger,
): Promise<FileChange[]> {
  const { files, changes } = overlay(run)
  const { clock, actors, configs } = run.world
  const ledger = openLedger({
    ...{ files, clock, actors, top: '' },
    configs: fromTop(configs),
    names: { nameOf: async (path) => path },
  })
  await ledger.append(event)
  return [...own, ...changes()]
}

/** Files that read the branch, and keep what is written for the commit. */
function overlay({ branch }: BranchLedger): { readonly files: Files; changes(): FileChange[] } {
  const written = new Map<string, { readonly before: Uint8Array | null; readonly after: Uint8Array }>()
  const read = async (path: string) => written.get(nameOf(path))?.after ?? (await branch.read(nameOf(path)))
  return {
    files: {
      async read(path, maxBytes) {
        const bytes = await read(path)
        if (bytes !== null && bytes.length > maxBytes)
          throw new SealwardError('limit', `larger than ${maxBytes} bytes`, { file: nameOf(path) })
        return bytes
      },
      async write(path, after) {
        const name = nameOf(path)
        const before = written.has(name) ? written.get(name)!.before : await branch.read(name)
        written.set(name, { before, after })
      },
      // The push is what only one of several can do.
      locked: (_, work) => work(),
    },
    changes: () => [...written].map(([path, change]) => ({ path, ...change })),
  }
}

/** The top is '', and paths below it begin with a slash. */
function nameOf(path: string): string {
  return path.replace(/^\//, '')
}

function fromTop(configs: Configs): Configs {
  return { nearest: (names, path) => configs.nearest(names, nameOf(path)) }
}
