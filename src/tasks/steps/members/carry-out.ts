import type { LedgerEvent } from '../../../core/ledger/event.ts'
import { digestOf } from '../../../core/ledger/marks.ts'
import type { FileWrite } from '../../../core/writes/journal.ts'
import type { Ledger } from '../../world/ledger.ts'
import type { Teller } from '../../world.ts'
import { tellOfVoidSignature } from '../trust/void-signature.ts'
import { type WriteAllWorld, writeAll } from '../writes/write-all.ts'
import type { Rewrapping } from './rewrap-files.ts'

export interface CarryOutWorld {
  readonly writes: WriteAllWorld
  readonly teller: Teller
  /** It takes paths as they are anywhere: they are handed over absolute. */
  readonly ledger: Ledger
}

/** Everything that one command changes. */
export interface ChangeOfMembers {
  readonly files: readonly Rewrapping[]
  /** sealward.yml, and what else is no encrypted file. */
  readonly others: readonly FileWrite[]
  /** @param marks of the encrypted files, with what they were and what they become */
  events(marks: readonly Mark[]): readonly LedgerEvent[]
}

type Mark = { readonly path: string; readonly before: string; readonly after: string }

/**
 * Writes all of it or nothing: the ledger first, then the files.
 *
 * @returns what is to be committed, from the top of the repository
 * @throws SealwardError as `writeAll` and `Ledger.append` do
 */
export async function carryOut(
  { files, others, events }: ChangeOfMembers,
  { writes, teller, ledger }: CarryOutWorld,
): Promise<readonly string[]> {
  const changes = [...files, ...others]
  const paths = new Set(changes.map(({ path }) => path))
  await writeAll(changes, writes, async () => {
    const marks = files.map(({ path, before, after }) => ({
      path: `${writes.top}/${path}`,
      before: digestOf(before),
      after: digestOf(after),
    }))
    for (const event of events(marks)) for (const path of await ledger.append(event)) paths.add(path)
  })
  for (const { path } of files)
    await tellOfVoidSignature(path, {
      teller,
      files: { read: (name, most) => writes.files.read(`${writes.top}/${name}`, most) },
    })
  return [...paths].sort()
}
