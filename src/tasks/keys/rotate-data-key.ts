import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { digestOf } from '../../core/ledger/marks.ts'
import type { FileWrite } from '../../core/writes/journal.ts'
import type { UnlockWorld } from '../steps/keys/unlock.ts'
import { reseal } from '../steps/rotation/reseal.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'
import { settleWrites, type WriteAllWorld, writeAll } from '../steps/writes/write-all.ts'
import type { Ledger } from '../world/ledger.ts'
import type { SignedNames } from '../world/ssh.ts'
import type { Clock } from '../world.ts'

export type RotateDataKeyWorld = UnlockWorld &
  WriteAllWorld & { readonly clock: Clock; readonly names: SignedNames; readonly ledger?: Ledger }

/**
 * Gives each file a new data key for the same recipients. Who kept an old data key cannot read what is written from now on.
 *
 * All files change or none does. Each is opened again and held against what it was before the first is replaced.
 *
 * @throws SealwardError not-found, no-identity, unsupported, locked, usage for a file outside of the repository, or what opening throws
 */
export async function rotateDataKey(
  request: { readonly files: readonly string[]; readonly reason?: string },
  world: RotateDataKeyWorld,
): Promise<readonly string[]> {
  await settleWrites(world)
  const paths = [...new Set(await Promise.all(request.files.map((file) => world.names.nameOf(file))))]
  const writes: (FileWrite & { readonly before: Uint8Array })[] = []
  const marks: string[] = []
  for (const path of paths) {
    const before = await world.files.read(`${world.top}/${path}`, FILE_BYTES)
    if (before === null) throw new SealwardError('not-found', 'no such file', { file: path })
    const { after, mark } = await reseal({ path, bytes: before, keyGroups: (same) => same }, world)
    writes.push({ path, before, after })
    marks.push(mark)
  }
  const files = writes.map(({ path, before, after }) => ({
    path: `${world.top}/${path}`,
    before: digestOf(before),
    after: digestOf(after),
  }))
  const said = { ...(marks.length === 1 && { dataKey: marks[0]! }), ...(request.reason && { reason: request.reason }) }
  await writeAll(writes, world, async () => world.ledger?.append({ kind: 'data-key-rotated', files, ...said }))
  for (const path of paths) await tellOfVoidSignature(`${world.top}/${path}`, world)
  return paths
}
